// What of ES2023 the oldest Node at run time has (V8 10.2); tsconfig.json names ES2022, so that nothing else of it is used.

interface Array<T> {
  findLast(predicate: (value: T, index: number, all: T[]) => unknown): T | undefined;
  findLastIndex(predicate: (value: T, index: number, all: T[]) => unknown): number;
}
interface ReadonlyArray<T> {
  findLast(predicate: (value: T, index: number, all: readonly T[]) => unknown): T | undefined;
  findLastIndex(predicate: (value: T, index: number, all: readonly T[]) => unknown): number;
}
