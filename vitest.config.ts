import { defineConfig } from 'vitest/config';
import LongFirst from './test/support/order.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', './test/support/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Real shells on real ptys share a busy machine in CI; what needed another try is named at the run's end.
    retry: process.env['CI'] === undefined ? 0 : 2,
    sequence: { sequencer: LongFirst },
    // Two cores here and in CI, and of a run by two workers a quarter was waiting: for screens, locks and other processes.
    maxWorkers: 3,
  },
});
