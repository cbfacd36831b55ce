import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Names the tests that passed at another try, then prints `N passed, N failed, N skipped` as the very last line, for people and for CI to read. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counted = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    const again: TestCase[] = [];
    for (const module of modules) {
      if (module.errors().length > 0) counted.failed += 1;
      for (const test of module.children.allTests()) {
        counted[test.result().state] += 1;
        if (test.diagnostic()?.flaky) again.push(test);
      }
    }
    // The default reporter prints its own summary in the same hook; this one comes after it.
    process.on('exit', () => {
      for (const test of again)
        process.stdout.write(`at another try: ${test.module.relativeModuleId} > ${test.fullName}\n`);
      process.stdout.write(
        `${counted.passed} passed, ${counted.failed} failed, ${counted.skipped + counted.pending} skipped\n`,
      );
    });
  }
}
