import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from '../system/variables.ts';
import type { Interpreter, PipCommand, Verdict } from '../types.ts';
import { type Behind, pipBehind } from './behind.ts';
import { hasOption, parseCommandLine } from './command-line.ts';
import type { Setting } from './effective.ts';
import { type Case, read, settingsOf } from './in-force.ts';
import { interpreterAt } from './interpreter.ts';
import { installOutcome, uninstallOutcome } from './outcome.ts';
import { isPipScript } from './shebang.ts';
import { isPython } from './start.ts';
import { compareVersions, newest, oldest } from './versions.ts';

function proceeds(because: string, interpreter?: Interpreter): Verdict {
  return { kind: 'proceeds', because, ...(interpreter === undefined ? {} : { interpreter }) };
}

function unknown(because: string, interpreter?: Interpreter): Verdict {
  return { kind: 'unknown', because, ...(interpreter === undefined ? {} : { interpreter }) };
}

/** Variables that change Python itself in ways files do not tell. */
function oddPython(environment: Environment): string | undefined {
  const { variables } = environment;
  if (/error/.test(variables['PYTHONWARNINGS'] ?? '')) return 'PYTHONWARNINGS';
  for (const entry of (variables['PYTHONPATH'] ?? '').split(':')) {
    const shadows = [
      'pip',
      'pip.py',
      'sitecustomize.py',
      'sitecustomize',
      'usercustomize.py',
      'sysconfig.py',
    ];
    const found = entry !== '' && shadows.some((name) => existsSync(join(entry, name)));
    if (found) return `PYTHONPATH (${entry})`;
  }
  return undefined;
}

/**
 * What pip will do with this command as far as PEP 668 goes, without starting Python. `refuses` and `proceeds` are
 * certain; `proceeds` includes every other way pip may end (usage errors, help).
 */
export function verdict(
  command: PipCommand,
  realPip: string,
  environment: Environment,
  { interpreter, version: pip }: Behind = pipBehind(realPip, environment),
): Verdict {
  const { subcommand } = command;
  const refusable = subcommand === 'install' || subcommand === 'uninstall';
  // Read with the newest pip's options: an older pip may only fail where this names a command.
  if (subcommand !== undefined && !refusable && command.ends === undefined && command.doubt === undefined)
    return proceeds(`pip ${subcommand} is never refused`);
  const { PIP_AUTO_COMPLETE, COMP_WORDS, COMP_CWORD } = environment.variables;
  if (PIP_AUTO_COMPLETE !== undefined)
    return COMP_WORDS && COMP_CWORD
      ? proceeds('pip completes a command line')
      : unknown('PIP_AUTO_COMPLETE is set without the rest, which pips treat in different ways');
  if (interpreter === undefined) return unknown(`which Python runs ${realPip} cannot be told`);
  if (!isPython(realPip) && !isPipScript(realPip))
    return unknown(`${realPip} is not pip's own script`, interpreter);
  if (pip === undefined) return unknown('which pip package would be used cannot be told', interpreter);
  if (compareVersions(pip, oldest) < 0) return proceeds(`pip ${pip} knows nothing of PEP 668`, interpreter);
  const odd = oddPython(environment);
  if (odd !== undefined) return unknown(`${odd} may change what Python does`, interpreter);
  return judge({
    command: parseCommandLine(command.argv, pip),
    pip,
    interpreter,
    environment,
    restarted: false,
  });
}

function judge(given: Case): Verdict {
  const { command, interpreter, pip, environment } = given;
  if (command.doubt !== undefined) return unknown(command.doubt, interpreter);
  const inside = given.restarted || environment.variables['_PIP_RUNNING_IN_SUBPROCESS'] !== undefined;
  if (command.ends !== undefined) return proceeds(command.ends.because, interpreter);

  const main = settingsOf(given, 'global', read(given, false));
  if ('ends' in main) return proceeds(main.ends, interpreter);
  if ('unsure' in main) return unknown(main.unsure, interpreter);
  const python = command.python ?? main.values.get('--python');
  if (typeof python === 'string' && python !== '' && !inside) return elsewhere(given, python);
  if (main.values.get('--version') === true) return proceeds('version is set', interpreter);
  const parser = command.subcommand;
  if (parser !== 'install' && parser !== 'uninstall')
    return proceeds(`pip ${parser ?? ''} is never refused`, interpreter);

  const rest = command.argv.filter((_, at) => at !== command.argv.indexOf(parser));
  const set = settingsOf(given, parser, read(given, rest.includes('--isolated')));
  if ('ends' in set) return proceeds(set.ends, interpreter);
  if ('unsure' in set) return unknown(set.unsure, interpreter);
  const { values } = set;
  if (compareVersions(pip, '23.2') >= 0 && !inside && (values.get('--python') ?? '') !== '')
    return proceeds('--python stands after the subcommand', interpreter);
  if (interpreter.environment !== undefined)
    return proceeds(`${interpreter.environment} is a virtual environment`, interpreter);
  const outcome = withSettings(given, values);
  if (outcome.kind !== 'proceeds') return outcome;
  // What is typed on the line is meant for it; a setting may stand there for good.
  const ours = overriding.filter((name) => values.has(name) && !hasOption(command, name));
  const without = new Map([...values].filter(([name]) => !ours.includes(name)));
  const [setting] = ours;
  const otherwise = withSettings(given, without);
  return setting !== undefined && (otherwise.kind === 'refuses' || otherwise.once === true)
    ? { ...outcome, setting: setting.slice(2) }
    : outcome;
}

/** Settings by which pip does not refuse. */
const overriding = ['--break-system-packages', '--require-virtualenv', '--target', '--prefix', '--root'];

/** What the subcommand comes to with these settings. */
function withSettings({ command, interpreter, pip }: Case, values: ReadonlyMap<string, Setting>): Verdict {
  if (values.get('--require-virtualenv') === true)
    return proceeds('a virtual environment is required', interpreter);
  if (interpreter.marker === undefined) return proceeds(`${interpreter.stdlib} has no marker`, interpreter);
  if (compareVersions(pip, '23.0') < 0)
    return proceeds(`pip ${pip} does not look for the marker`, interpreter);
  if (compareVersions(pip, '23.0') === 0 && interpreter.stdlib === '/usr/lib/python3.11')
    return unknown('Debian changed its pip 23.0', interpreter);
  const outcome =
    command.subcommand === 'install'
      ? installOutcome(values, interpreter.marker)
      : uninstallOutcome(command, values, interpreter.marker);
  return { ...outcome, interpreter };
}

/** The oldest Python each pip's runner agrees to run under (`__pip-runner__.py`, PYTHON_REQUIRES). */
const runnerNeeds: readonly (readonly [pip: string, python: string])[] = [
  ['26.1', '3.10'],
  ['25.1', '3.9'],
  ['24.1', '3.8'],
  ['22.3', '3.7'],
];

/** `pip --python X` runs the same pip under X: an interpreter, or an environment's directory (cli/main_parser.py). */
function elsewhere(given: Case, python: string): Verdict {
  const { interpreter } = given;
  let executable = python;
  try {
    if (statSync(python).isDirectory()) executable = join(python, 'bin/python');
    if (!statSync(executable).isFile()) return proceeds(`${executable} is no Python`, interpreter);
  } catch {
    return proceeds(`${python} is not there`, interpreter);
  }
  const other = interpreterAt(resolve(executable), given.environment);
  if (other === undefined) return unknown(`--python names ${python}`, interpreter);
  const needs = runnerNeeds.find(([pip]) => compareVersions(given.pip, pip) >= 0)?.[1] ?? newest;
  if (compareVersions(other.version, needs) < 0)
    return proceeds(`pip ${given.pip} does not run under Python ${other.version}`, other);
  return judge({ ...given, interpreter: other, restarted: true });
}
