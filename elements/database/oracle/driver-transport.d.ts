declare module 'oracledb/lib/thin/sqlnet/ntTcp.js' {
  // oxlint-disable-next-line typescript/consistent-type-imports -- an import declaration here may not be relative (TS2439)
  const transport: { prototype: import('./transport.ts').Transport };
  export default transport;
}
