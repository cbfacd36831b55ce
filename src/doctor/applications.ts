import { binOf, lookForPipx } from '../detours/pipx/look.ts';
import { absoluteEntries } from '../place/programs.ts';
import { listing } from '../system/listing.ts';
import { sameFile } from '../system/real-path.ts';
import { type Finding, failed, note, ok } from './finding.ts';
import type { Patient } from './patient.ts';

/** pipx, and whether the commands it links can be found. */
export async function checkApplications({ fresh, short }: Patient): Promise<readonly Finding[]> {
  const pipx = await lookForPipx(fresh);
  const bin = pipx?.bin ?? binOf(fresh, '/');
  const onPath = absoluteEntries(fresh.path).some((entry) => sameFile(entry, bin));
  const place = `${short(bin)} ${onPath ? 'is on PATH' : 'is not on PATH'}`;
  const name =
    pipx === undefined
      ? 'pipx is not installed; pip-detour gets it when you install an application'
      : `pipx ${pipx.version ?? '(of no known version)'} (${short(pipx.executable)})`;
  if (onPath)
    return [pipx === undefined ? note('pipx', `${name}; ${place}`) : ok('pipx', `${name}; ${place}`)];
  // pip-detour itself is found by way of its shims, whatever installed it.
  const commands = [...listing(bin), ...(pipx?.installed ?? [])].filter((found) => found !== 'pip-detour');
  if (commands.length === 0) return [note('pipx', `${name}; ${place} yet`)];
  return [
    failed(
      'pipx',
      `${name}; ${place}, so the commands in it are not found`,
      pipx === undefined ? `put ${short(bin)} on PATH in your shell's start-up file` : 'pipx ensurepath',
    ),
  ];
}
