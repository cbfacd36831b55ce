import type { Reporter, TestModule } from 'vitest/node';

/** Prints `N passed, N failed, N skipped` as the very last line, for people and for CI to read. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counted = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      if (module.errors().length > 0) counted.failed += 1;
      for (const test of module.children.allTests()) counted[test.result().state] += 1;
    }
    // The default reporter prints its own summary in the same hook; this one comes after it.
    process.on('exit', () => {
      process.stdout.write(
        `${counted.passed} passed, ${counted.failed} failed, ${counted.skipped + counted.pending} skipped\n`,
      );
    });
  }
}
