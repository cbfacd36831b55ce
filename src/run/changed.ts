/** The variables as a step changes them; null in the change takes one away. */
export function changed(
  variables: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>> = {},
): Record<string, string | undefined> {
  const result: Record<string, string | undefined> = { ...variables };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete result[name];
    else result[name] = value;
  }
  return result;
}
