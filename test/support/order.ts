import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What runs the built program as a person does, and takes the longest; see README.md. */
const asPerson = /\/test\/(e2e|hook|hostile|install|platforms|programs|release)\//;

/**
 * Long files first, so that at the end no core is without work: those that run the built program, then the others. Within
 * each of the two vitest's own order holds: by what a run before took, or else by size.
 */
export default class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => asPerson.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
