/** @type {import('next').NextConfig} */
export default {
  // drivers and everything that holds process-wide state or native code stay outside the bundles
  serverExternalPackages: [
    'better-sqlite3',
    'pg',
    'mysql2',
    'tedious',
    'oracledb',
    '@prisma/client',
    '@prisma/adapter-better-sqlite3',
    '@prisma/schema-engine-wasm',
    'pino',
    'better-auth',
  ],
  poweredByHeader: false,
  // a sign-in is a server function: its arguments are an e-mail address and a password
  logging: { serverFunctions: false },
  devIndicators: false,
  // the type check is a step of its own in `npm test`
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ['@mui/material', '@mui/icons-material'] },
};
