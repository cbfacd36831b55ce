import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacks, systemIsManaged } from '../support/machine.ts';
import { managedPython } from '../support/managed.ts';
import { sandbox } from '../support/sandbox.ts';
import type { Terminal } from '../support/terminal.ts';
import { lookAtAll } from './from-all-sides.ts';

/** Threat 5 of docs/security.md: what is only a name must not act on the terminal that shows it. */

const title = '\x1b]0;owned\x07';
const clear = '\x1b[2J\x1b[H';
const bidi = '\u202eevil\u2066';
const hidden = '\u200b\u2060\ufeff';
const nasty = `${title}${clear}${bidi}${hidden}\r\t\x9b31m`;

const managed = systemIsManaged() && !lacks('pip');

/** pip's own message is pip's; what we drew before it is ours. */
function ours(user: Terminal): string {
  const raw = user.raw();
  const until = raw.lastIndexOf('Left as it is');
  return until === -1 ? raw : raw.slice(0, until);
}

function expectHarmless(text: string, by?: string): void {
  for (const part of [title, '\x1b[2J', '\x9b', '\u202e', '\u2066', '\u200b', '\u2060', '\ufeff'])
    expect(text, by).not.toContain(part);
}

describe.skipIf(!managed)('control and bidirectional characters are shown, not obeyed,', () => {
  it.each([
    ['that can hold an environment', nasty.replace('\r\t', ''), 'Enter runs:'],
    ['that cannot', nasty, 'Enter runs nothing.'],
  ])('in the name of a project %s', async (_what, name, runs) => {
    const box = sandbox();
    const project = join(box.home, `a${name}b`);
    mkdirSync(project);
    writeFileSync(join(project, 'pyproject.toml'), '');
    const user = await lookAtAll(box, 'pip', ['install', 'demo-lib'], project, runs);
    expectHarmless(ours(user));
    expect(user.raw()).toContain('\\x1b]0;owned\\x07');
  });

  it('in what was typed', async () => {
    const box = sandbox();
    // What is not there, or has a `;` in it, is pip's own error, before any question.
    const typed = `a${nasty.replace(title, '')}b`;
    box.write(`${typed}/pyproject.toml`, '[project]\nname = "a"\nversion = "1"\n');
    const user = await lookAtAll(
      box,
      'pip',
      ['install', `./${typed}`, 'demo-lib'],
      box.project,
      'Enter runs:',
    );
    expectHarmless(ours(user));
    expect(user.raw()).toContain('\\u202eevil');
  });

  it('in the words of a marker', async () => {
    const box = sandbox();
    const python = managedPython(join(box.root, 'python'), '/usr/lib/python3/dist-packages');
    writeFileSync(
      python.marker,
      `[externally-managed]\nError=Ask ${title}${bidi} your ${clear} administrator\n Second ${hidden} line\n`,
    );
    const user = await lookAtAll(
      {
        ...box,
        env: {
          ...box.env,
          PATH: `${box.env['PATH']?.split(':')[0]}:${join(box.root, 'python/bin')}:/usr/bin:/bin`,
        },
      },
      'pip',
      ['install', 'demo-lib'],
      box.project,
    );
    expectHarmless(ours(user));
    expect(user.history()).toContain('your');
  });

  it('in the names of environments, Pythons and tools that lie about', async () => {
    const box = sandbox();
    const root = join(box.home, `.pyenv`);
    mkdirSync(join(root, `versions/3.12.1${bidi}${title.replace('/', '')}/bin`), { recursive: true });
    box.write('.python-version', `3.12.1${bidi}${title}\n`);
    box.write('poetry.lock', '');
    box.write('.venv', `/nowhere/${nasty}\n`);
    // Nothing is recommended where the environment cannot be used, and Enter then does nothing.
    const user = await lookAtAll(box, 'pip', ['install', 'demo-lib'], box.project, 'Enter runs nothing');
    expectHarmless(ours(user));
  });

  it('by every command that is run there, and about there', () => {
    const box = sandbox({ PIP_DETOUR: undefined });
    const project = join(box.home, `a${nasty}b`);
    mkdirSync(project);
    box.run('pip', ['install', 'demo-lib'], { cwd: project, env: { PIP_DETOUR: 'venv' } });
    for (const [command, ...args] of [
      ['pip-detour', 'status'],
      ['pip-detour', 'explain', '--', 'pip', 'install', `./x${nasty}`],
      ['pip-detour', 'choices'],
      ['pip-detour', nasty],
      ['pip-detour', 'forget', `/${nasty}`],
      ['pip', 'install', `./x${nasty}`],
    ] as const) {
      const ran = box.run(command, args, { cwd: project });
      const said = ran.stderr
        .split('\n')
        .filter((line) => !line.startsWith('ERROR:'))
        .join('\n');
      expectHarmless(`${ran.stdout}${said}`, [command, ...args].join(' '));
    }
  });
});
