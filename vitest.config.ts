import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Real shells on real ptys share a busy machine in CI; what needed another try is named at the run's end.
    retry: process.env['CI'] === undefined ? 0 : 2,
    // Two cores here and in CI: more workers only make real processes slower.
    maxWorkers: 2,
  },
});
