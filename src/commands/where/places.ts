import { basename, join } from 'node:path';
import { inUnit, quote, quoteAll, quoteFish, quoteForCron, quoteForUnit } from '../../system/quote.ts';

/** What a place where no shell of ours is must be told. */
export interface Job {
  /** Absolute path of the interpreter. */
  readonly python: string;
  /** Real path of the directory this was asked in, which the job is to run in. */
  readonly directory: string;
  /** The job's words, its program first by its absolute path. */
  readonly words: readonly string[];
  /** What to call it: a script's name without its ending, else the directory's. */
  readonly name: string;
  /** The environment holds `ipykernel`. */
  readonly hasKernel: boolean;
  /** The shell this was typed in, as far as it is known. */
  readonly shell: string | undefined;
}

/** One place: its name on the command line, the lines that it takes, and what to do with them. */
export interface JobPlace {
  readonly id: string;
  /** It runs a script, or a command of the environment. */
  readonly runs: boolean;
  /** Ready to be put there: nothing is left to be quoted. */
  readonly lines: (job: Job) => readonly string[];
  /** Where to put them, in a sentence or more. */
  readonly says: (job: Job) => readonly string[];
}

/** Every place that `pip-detour where --for` knows. */
export const jobPlaces: readonly JobPlace[] = [
  {
    id: 'cron',
    runs: true,
    lines: ({ directory, words }) => [`0 7 * * * cd ${quoteForCron([directory])} && ${quoteForCron(words)}`],
    says: () => [
      'Put the line into your crontab: crontab -e. The five fields are minute, hour, day of the month, month and day of the week.',
    ],
  },
  {
    id: 'systemd',
    runs: true,
    lines: ({ name, directory, words }) => [
      '[Unit]',
      `Description=${inUnit(name)}`,
      '',
      '[Service]',
      `WorkingDirectory=${inUnit(directory)}`,
      `ExecStart=${execStart(words)}`,
      '',
      '[Install]',
      'WantedBy=default.target',
    ],
    says: ({ name }) => [
      `Put this into ~/.config/systemd/user/${unitName(name)}.service, and type: systemctl --user enable --now ${unitName(name)}`,
    ],
  },
  {
    id: 'sudo',
    runs: true,
    lines: ({ words, shell }) => [['sudo', ...words.map(shell === 'fish' ? quoteFish : quote)].join(' ')],
    says: () => ['Install without sudo: what root puts into an environment is not yours to change.'],
  },
  {
    id: 'jupyter',
    runs: false,
    lines: ({ python, name }) => [
      quoteAll([
        ...[python, '-m', 'ipykernel', 'install', '--user'],
        ...['--name', kernelName(name), '--display-name', `Python (${name})`],
      ]),
    ],
    says: ({ hasKernel }) => [
      ...(hasKernel ? [] : ['ipykernel is not in it yet. First type: pip install ipykernel']),
      'Type the line once. The notebook then has this Python among its kernels.',
    ],
  },
  {
    id: 'editor',
    runs: false,
    lines: ({ python }) => [`"python.defaultInterpreterPath": ${JSON.stringify(python)}`],
    says: ({ python }) => [
      `VS Code: press Ctrl+Shift+P, type "Python: Select Interpreter", and choose ${python}`,
      'Or put the line between { and } in the file .vscode/settings.json.',
      `Any other editor: the interpreter is ${python}`,
    ],
  },
];

/** The path of the program is taken without regard to `$$` (systemd.service(5)): `env` gets such a one as an argument. */
function execStart(words: readonly string[]): string {
  const plain = /^[A-Za-z0-9_@+=:,./-]+$/.test(words[0] ?? '');
  return (plain ? words : ['/usr/bin/env', ...words]).map(quoteForUnit).join(' ');
}

function unitName(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+/, '') || 'job';
}

/** Jupyter takes letters, digits, `.`, `_` and `-` (jupyter_client/kernelspec.py, `_is_valid_kernel_name`). */
function kernelName(name: string): string {
  return unitName(name).toLowerCase();
}

/** What a job is called by what it runs. */
export function nameOf(words: readonly string[], directory: string): string {
  const script = words.find((word) => word.endsWith('.py'));
  return basename(script ?? directory).replace(/\.py$/, '') || 'job';
}

/** What stands for a script that nobody has named. */
export function standIn(directory: string): string {
  return join(directory, 'SCRIPT.py');
}
