import { checkApplications } from './applications.ts';
import { checkEnvironments } from './environments.ts';
import type { Finding } from './finding.ts';
import { checkLive } from './live.ts';
import { checkMemory } from './memory.ts';
import type { Patient } from './patient.ts';
import { checkPips } from './pips.ts';
import { checkProgram } from './program.ts';
import { checkSettings } from './settings.ts';
import { checkShells } from './shells.ts';
import { checkTerminal } from './terminal.ts';

/** Checks that are told under one heading. */
export interface Group {
  readonly title: string;
  /** Takes seconds. */
  readonly slow?: true;
  readonly look: (patient: Patient) => readonly Finding[] | Promise<readonly Finding[]>;
}

/** Everything `pip-detour doctor` looks at, in the order it tells. Nothing here changes anything of the person's. */
export const groups: readonly Group[] = [
  { title: 'This terminal', look: checkTerminal },
  { title: 'The program', look: checkProgram },
  { title: 'Which pip each shell would run', look: checkShells },
  { title: 'The real pip', look: checkPips },
  { title: 'Applications', look: checkApplications },
  {
    title: 'Settings and memory',
    look: async (patient) => [...(await checkSettings(patient)), ...(await checkMemory(patient))],
  },
  { title: 'Environments', look: checkEnvironments },
  { title: 'An install that is refused', look: checkLive, slow: true },
];
