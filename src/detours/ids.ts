/**
 * How far a detour's changes go. `project`: they stay in the project. `person`: they stay in what is this person's
 * alone. `machine`: they go into a Python that more than this depends on, or may break the system.
 */
export type Reach = 'project' | 'person' | 'machine';

/** One detour: its id is stored in memory and settings and is never renamed. */
export interface DetourRow {
  readonly id: string;
  readonly reach: Reach;
}

/** Every detour there is; `detours/index.ts` is held to it. Here, because settings and memory need no detour's code. */
export const detourRows = [
  { id: 'active-venv', reach: 'person' },
  { id: 'venv', reach: 'project' },
  { id: 'pipx', reach: 'person' },
  { id: 'project-manager', reach: 'project' },
  { id: 'system-package', reach: 'machine' },
  { id: 'other-python', reach: 'machine' },
  { id: 'break-system-packages', reach: 'machine' },
] as const satisfies readonly DetourRow[];

/** A detour, as it is stored and as it is typed. */
export type DetourId = (typeof detourRows)[number]['id'];

/** Every detour's id. */
export const detourIds: readonly DetourId[] = detourRows.map(({ id }) => id);

/**
 * Whether a detour's changes stay with the project or with the person: an allow list, so that what nobody has thought
 * of needs trust. A repository's file may choose only these unless it is trusted.
 */
export function staysWithPerson(id: string, rows: readonly DetourRow[] = detourRows): boolean {
  return rows.some((row) => row.id === id && (row.reach === 'project' || row.reach === 'person'));
}
