import { join } from 'node:path';
import { hasOption, withoutOptions } from '../../pip/command-line.ts';
import { optionsOf } from '../../pip/options.ts';
import { compareVersions } from '../../pip/versions.ts';
import { shortPath } from '../../system/quote.ts';
import type { Detour, OtherPython, Situation, Step } from '../../types.ts';
import { needsAnotherPython } from '../shared/index-answers.ts';
import { notUnderstood } from '../shared/not-understood.ts';
import { inEnvironment, nowhereElse } from '../shared/pip-variables.ts';
import { recollection } from './recollection.ts';

/** Another Python, which belongs to the person and which nobody else manages: its own pip installs into it. */
export const otherPython: Detour = {
  id: 'other-python',
  title: ({ command }) =>
    command.subcommand === 'uninstall' ? 'Uninstall from another Python' : 'Use another Python',
  detail(situation) {
    const [best, ...others] = fitting(situation);
    if (best === undefined) return '';
    const parts = [called(best, situation)];
    if (best.because !== undefined) parts.push(best.because);
    else if (situation.otherPythons?.missing !== undefined) parts.push(situation.otherPythons.missing);
    if (others.length > 0) parts.push(`${others.length} more behind ?`);
    return parts.join(' · ');
  },
  unavailable(situation) {
    const { command, otherPythons } = situation;
    const unclear = notUnderstood(command);
    if (unclear !== undefined) return unclear;
    if (command.python !== undefined) return '--python: another Python was named already';
    const usable = otherPythons?.usable ?? [];
    if (usable.length === 0) {
      const [first, ...more] = otherPythons?.passedOver ?? [];
      if (first === undefined) return 'you have none yet: get one with pyenv, uv or Miniconda';
      return more.length === 0 ? first : `${first}; ${more.length} more cannot be used either`;
    }
    if (fitting(situation).length > 0) return undefined;
    if (command.subcommand === 'uninstall') return 'none of your other Pythons has it installed';
    const needs = needsAnotherPython(situation, usable[0]?.version);
    if (needs !== undefined) return `${needs}, and none of your other Pythons is one`;
    return `pip ${usable[0]?.pipVersion} of ${nameOf(usable[0])} does not know ${unknownTo(usable[0], situation)[0]}`;
  },
  recommended(situation) {
    const [best] = fitting(situation);
    // A version asked for by a file says which Python to make an environment from; an environment asked for is one.
    if (best?.because === undefined || !best.environment) return undefined;
    return `${nameOf(best)}: ${best.because}`;
  },
  rehearse: (situation) => ({ steps: otherPython.plan(situation).steps.slice(0, 1) }),
  needs: ['pythons'],
  recollection,
  target(situation) {
    const [best] = fitting(situation);
    return best === undefined ? {} : { python: { executable: best.executable, version: best.version } };
  },
  plan(situation) {
    const [best] = fitting(situation);
    if (best === undefined) throw new Error('there is no other Python to install into');
    const { args, dropped } = translate(best, situation);
    const steps: Step[] = [
      {
        kind: 'run',
        command: best.executable,
        args: [...runner(best), ...args],
        env: best.writable ? inEnvironment : nowhereElse,
        hears: 'pip',
      },
    ];
    if (best.refresh !== undefined)
      steps.push({
        kind: 'run',
        command: best.refresh.command,
        args: best.refresh.args,
        cwd: '/',
        quiet: true,
        optional: true,
        title: `Letting ${best.keeper} find new commands`,
      });
    return {
      steps,
      ...(dropped.length === 0 ? {} : { dropped }),
      ...(situation.command.subcommand === 'install' ? { afterwards: afterwards(best, situation) } : {}),
    };
  },
};

/** The Pythons this command line can go to: their pip knows its options, and has what is to be uninstalled. */
function fitting(situation: Situation): OtherPython[] {
  const { command, otherPythons } = situation;
  return (otherPythons?.usable ?? []).filter((python) => {
    if (needsAnotherPython(situation, python.version) !== undefined) return false;
    if (unknownTo(python, situation).length > 0) return false;
    if (command.subcommand !== 'uninstall') return true;
    return command.requirements.some(({ name }) => name === undefined || python.installed?.includes(name));
  });
}

/** Options on the line that this Python's pip is too old to have. */
function unknownTo(python: OtherPython | undefined, { command }: Situation): string[] {
  if (python === undefined || (command.subcommand !== 'install' && command.subcommand !== 'uninstall'))
    return [];
  const known = optionsOf(command.subcommand, python.pipVersion);
  return command.options
    .map(({ name }) => name)
    .filter((name) => !leftOut(python).includes(name) && !known.has(name));
}

function leftOut({ writable }: OtherPython): string[] {
  return ['--break-system-packages', ...(writable ? ['--user'] : [])];
}

const reasons: Readonly<Record<string, string>> = {
  '--user': 'this Python is your own already',
  '--break-system-packages': 'nothing of the system is touched',
};

function translate(python: OtherPython, { command }: Situation): { args: string[]; dropped: string[] } {
  const present = leftOut(python).filter((name) => hasOption(command, name));
  return {
    args: withoutOptions(command, present),
    dropped: present.map((name) => `${name} (${reasons[name]})`),
  };
}

/**
 * Never `-m pip` alone, which has the current directory on sys.path: the runner file (pip 22.3 and later), or -I, which
 * keeps it off.
 */
function runner({ pip, pipVersion }: OtherPython): string[] {
  return compareVersions(pipVersion, '22.3') >= 0 ? [join(pip, '__pip-runner__.py')] : ['-I', '-m', 'pip'];
}

function nameOf(python: OtherPython | undefined): string {
  if (python === undefined) return '';
  return python.keeper === 'plain' ? python.name : `${python.keeper} ${python.name}`;
}

/** `pyenv 3.12.4`, `conda data, Python 3.12.4`. */
function called(python: OtherPython, { home }: Situation): string {
  const name = python.keeper === 'plain' ? shortPath(python.name, home) : nameOf(python);
  return python.name === python.version ? name : `${name}, Python ${python.version}`;
}

/** How to make what was installed the one that is used here, by who keeps it. */
const switches: Readonly<Record<OtherPython['keeper'], (name: string) => string | undefined>> = {
  pyenv: (name) => `pyenv local ${name}`,
  conda: (name) => `conda activate ${name}`,
  mise: (name) => `mise use python@${name}`,
  asdf: (name) => `asdf local python ${name}`,
  plain: () => undefined,
};

function afterwards(python: OtherPython, situation: Situation): string[] {
  const place = python.writable ? '' : ', in your user site, because you may not write to its own';
  const run = `It runs as ${shortPath(python.executable, situation.home)}`;
  const how = python.because === undefined ? switches[python.keeper](python.name) : undefined;
  const then = how === undefined ? '' : `; to use it in this directory: ${how}`;
  const lines = [`Installed into ${called(python, situation)}${place}. ${run}${then}`];
  if (python.refresh === undefined && python.keeper === 'asdf')
    lines.push('For new commands: asdf reshim python');
  return lines;
}

/** Paragraphs behind `?`: which Pythons there are besides the one offered, and how to get one where there is none. */
export function pythonHelp(situation: Situation): string[] {
  const [, ...others] = fitting(situation);
  const passedOver = situation.otherPythons?.passedOver ?? [];
  const also =
    others.length === 0
      ? []
      : [`Other Pythons of yours: ${others.map((one) => called(one, situation)).join('; ')}.`];
  const not = passedOver.length === 0 ? [] : [`Not used: ${passedOver.join('; ')}.`];
  const none = (situation.otherPythons?.usable ?? []).length === 0;
  return [...also, ...not, ...(none ? separate : [])];
}

/** "Get a separate Python", as the guides have it, in commands. */
const separate: readonly string[] = [
  'For a separate Python that is yours alone, use one of these: pyenv (curl -fsSL https://pyenv.run | bash, then pyenv install 3.13); Miniconda (from docs.anaconda.com/miniconda, then conda create -n work python=3.13 and conda activate work); uv (curl -LsSf https://astral.sh/uv/install.sh | sh, then uv venv --python 3.13, which makes an environment here: uv keeps its Pythons from pip).',
];
