import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isExecutable } from '../pip/shebang.ts';
import { absoluteEntries, onPath } from '../place/programs.ts';
import { machineFiles, machineFront } from '../setup/machine.ts';
import { personsShell } from '../setup/place.ts';
import { addLine } from '../setup/rc-line.ts';
import { rcCommand, rcFiles, type Shell, shellNamed, shells } from '../setup/shells.ts';
import { currentDirectory, sameFile } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';
import { askShell, type Mode } from './ask-shell.ts';
import { type Finding, failed, note, ok } from './finding.ts';
import { judgeShell, type ShellFacts } from './judge-shell.ts';
import type { Patient } from './patient.ts';

/** Asks every shell that is here which pip it would run; those that nobody has set up are only named. */
export async function checkShells(patient: Patient): Promise<readonly Finding[]> {
  const found = await Promise.all(shells.map((shell) => checkShell(shell, patient)));
  const own = personsShell(patient.environment);
  const strange =
    shellNamed(own) === undefined && own !== undefined
      ? [
          note(
            'shell',
            `pip-detour does not know the start-up file of your shell (${own}); to see the line to put there, type: pip-detour setup --no-rc`,
          ),
        ]
      : [];
  return [thisShell(patient), ...found.flat(), ...strange];
}

async function checkShell(shell: Shell, patient: Patient): Promise<readonly Finding[]> {
  const { environment, homes, short } = patient;
  const own = personsShell(environment);
  const mine = shellNamed(own) === shell;
  const executable = mine && own !== undefined && isExecutable(own) ? own : programNamed(shell, environment);
  if (executable === undefined) return [];
  const facts: ShellFacts = {
    shell,
    mine,
    files: files(shell, patient),
    shims: shimsOf(patient),
    hasHook: existsSync(join(patient.program, `hook.${shell}`)),
    short,
  };
  const isThere = facts.files.some(({ line }) => line === 'there');
  if (!isThere && facts.files.some(({ line }) => line === 'off'))
    return [
      note(
        'shell',
        `${shell}: switched off by you, the line in ${short(facts.files[0]?.path ?? '')} is commented out`,
      ),
    ];
  if (!isThere && !mine)
    return [note('shell', `${shell}: not set up; if you use it, type: pip-detour setup --shell ${shell}`)];
  const modes: readonly Mode[] = ['interactive', 'login'];
  return Promise.all(
    modes.map(async (mode) =>
      judgeShell(facts, mode, await askShell(shell, executable, mode, patient.fresh.variables, homes.home)),
    ),
  );
}

function files(shell: Shell, { homes, program }: Patient): ShellFacts['files'] {
  const command = rcCommand(shell, program);
  const everybodys = machineFiles(program).filter((file) => file.command === command);
  const read = program === machineFront ? everybodys.map(({ path }) => path) : rcFiles(shell, homes);
  return read.map((path) => {
    const { found } = addLine(homes.textOf(path), command);
    return { path, line: found === 'nothing' ? 'missing' : found === 'off' ? 'off' : 'there' };
  });
}

/** Which pip the shell would run that this was typed in, as far as its PATH tells. */
function thisShell(patient: Patient): Finding {
  const { environment, short } = patient;
  const shims = shimsOf(patient);
  const first = absoluteEntries(environment.path).find((entry) => isExecutable(join(entry, 'pip')));
  const says = first === undefined ? 'no pip is on PATH here' : `here, pip is ${short(join(first, 'pip'))}`;
  if (first !== undefined && sameFile(first, shims)) return ok('this-shell', says);
  if (
    first !== undefined &&
    environment.virtualEnv !== undefined &&
    first === join(environment.virtualEnv, 'bin')
  )
    return ok('this-shell', `${says}, of the activated environment: that one is right`);
  const shell = shellNamed(personsShell(environment));
  const again = shell === 'fish' ? 'exec fish' : `exec ${shell ?? '"$SHELL"'}`;
  return failed('this-shell', `${says}, not the shim`, `${again}, or open a new terminal`);
}

function shimsOf({ program }: Patient): string {
  return join(program, 'shims');
}

function programNamed(name: string, environment: Environment): string | undefined {
  const path = `${environment.path}:/usr/local/bin:/usr/bin:/bin`;
  return onPath(name, { ...environment, path }, currentDirectory());
}
