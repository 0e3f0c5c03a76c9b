import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{app,elements,lib,test}/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
