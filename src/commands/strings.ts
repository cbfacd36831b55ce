/** What yargs has read as a list: its words; none where there is no list. */
export function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
