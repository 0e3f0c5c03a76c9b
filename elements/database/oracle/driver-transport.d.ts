declare module 'oracledb/lib/thin/sqlnet/ntTcp.js' {
  const transport: { prototype: import('./transport.ts').Transport };
  export default transport;
}
