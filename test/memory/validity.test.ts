import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { remember } from '../../src/memory/choices.ts';
import { identityOf } from '../../src/memory/identity.ts';
import { recall } from '../../src/memory/recall.ts';
import { validityOf } from '../../src/memory/validity.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import type { DetourId, RememberedTarget } from '../../src/types.ts';
import { python } from '../support/machine.ts';
import { managedPython } from '../support/managed.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

let box: Sandbox;
let state: string;
beforeEach(() => {
  box = sandbox();
  state = join(box.root, 'state');
});

const environment = () => join(box.project, '.venv');
const make = (directory = environment()) => box.run(python, ['-I', '-m', 'venv', '--without-pip', directory]);

/** Remembers, does something, and looks whether it still holds. */
async function checkedAfter(detour: DetourId, means: RememberedTarget, change: () => void) {
  await remember(state, box.project, detour, means);
  change();
  const { choice } = await recall(state, box.project, box.home);
  if (choice === undefined) throw new Error('not remembered');
  return validityOf(choice, readEnvironment(box.env));
}

function inVenv(): RememberedTarget {
  make();
  const identity = identityOf(environment());
  return { environment: { directory: environment(), ...(identity === undefined ? {} : { identity }) } };
}

/** A package as pip leaves it. */
function install(name: string, directUrl?: unknown): void {
  const [library = ''] = readdirSync(join(environment(), 'lib'));
  const info = join(environment(), 'lib', library, 'site-packages', `${name}-1.0.dist-info`);
  mkdirSync(info);
  if (directUrl !== undefined) writeFileSync(join(info, 'direct_url.json'), JSON.stringify(directUrl));
}

/** What an upgrade of the system's Python leaves: a link to nowhere. */
function dangle(): void {
  unlinkSync(join(environment(), 'bin/python'));
  symlinkSync('/usr/bin/python3.2', join(environment(), 'bin/python'));
}

describe('a choice of an environment', () => {
  it('that is as it was holds', async () => {
    expect(await checkedAfter('venv', inVenv(), () => {})).toEqual({ state: 'holds' });
  });

  it.each<[string, string, RegExp | undefined, () => void]>([
    [
      'that is gone is made again',
      'repairs',
      /\.venv is gone/,
      () => rmSync(environment(), { recursive: true }),
    ],
    [
      'whose Python is gone, with nothing in it, is made anew',
      'repairs',
      /leads to a Python that is gone/,
      dangle,
    ],
    [
      'whose Python is gone, with packages in it, is made anew with them',
      'repairs',
      /leads to a Python that is gone \([^()]*\)$/,
      () => {
        install('demo');
        install('other');
        install('pip');
        dangle();
      },
    ],
    [
      'whose Python is gone, with a package in it that cannot be installed again, is asked about',
      'lapsed',
      /Python that is gone .*, and other \(its source \/gone\/other is gone\) cannot be installed again/,
      () => {
        install('demo');
        install('other', { url: 'file:///gone/other', dir_info: { editable: true } });
        dangle();
      },
    ],
    [
      'that was moved and lies there under another name is repaired',
      'repairs',
      /\.venv was made for .*elsewhere/,
      () => {
        const activate = join(environment(), 'bin/activate');
        const script = readFileSync(activate, 'utf8');
        writeFileSync(activate, script.replaceAll(environment(), '/somewhere/elsewhere/.venv'));
      },
    ],
    [
      'in whose place a copy of another lies is asked about',
      'lapsed',
      /\.venv is a copy of .*other/,
      () => {
        const other = join(box.home, 'other/.venv');
        make(other);
        renameSync(environment(), `${environment()}-old`);
        cpSync(other, environment(), { recursive: true, verbatimSymlinks: true });
      },
    ],
    [
      'that was made anew by somebody holds, and it is said',
      'holds',
      /\.venv was made anew since then/,
      () => {
        renameSync(environment(), `${environment()}-old`);
        make();
      },
    ],
    [
      'that is something else now is asked about',
      'lapsed',
      /is not a virtual environment/,
      () => {
        rmSync(environment(), { recursive: true });
        mkdirSync(environment());
        writeFileSync(join(environment(), 'notes.txt'), '');
      },
    ],
    [
      'that is a link to nowhere is asked about',
      'lapsed',
      /is a link to nowhere/,
      () => {
        rmSync(environment(), { recursive: true });
        symlinkSync('/nowhere', environment());
      },
    ],
  ])('%s', async (_, expected, why, change) => {
    const found = await checkedAfter('venv', inVenv(), change);
    expect(found.state).toBe(expected);
    if (why !== undefined) expect(found.why).toMatch(why);
  });

  it.skipIf(process.getuid?.() !== 0)('that belongs to somebody else now is asked about', async () => {
    const found = await checkedAfter('venv', inVenv(), () => chownSync(environment(), 1000, 1000));
    expect(found).toMatchObject({ state: 'lapsed', why: expect.stringContaining('belongs to another user') });
  });

  it('in another worktree says nothing of the environment of this one', async () => {
    await remember(state, box.project, 'venv', inVenv());
    const { choice } = await recall(state, box.project, box.home);
    rmSync(environment(), { recursive: true });
    const here = { ...choice, detour: 'venv', here: box.home } as const;
    expect(validityOf(here, readEnvironment(box.env))).toEqual({ state: 'holds' });
  });
});

describe('a choice of a Python', () => {
  const other = () => managedPython(join(box.root, 'other'), '/usr/lib/python3/dist-packages');
  const version = () =>
    box.run(python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']).stdout.trim();

  it.each<[string, string, string | undefined]>([
    ['that is as it was holds', '', undefined],
    ['whose last digit is newer holds', '.99', undefined],
    ['that was upgraded to another is asked about', 'old', 'and was 3.2'],
  ])('%s', async (_, change, why) => {
    const { executable } = other();
    const was = change === 'old' ? '3.2' : `${version()}${change}`;
    const found = await checkedAfter('other-python', { python: { executable, version: was } }, () => {});
    expect(found.state).toBe(why === undefined ? 'holds' : 'lapsed');
    if (why !== undefined) expect(found.why).toContain(why);
  });

  it.each<DetourId>(['other-python', 'break-system-packages'])(
    '(%s) that is gone is asked about',
    async (detour) => {
      const { executable, prefix } = other();
      const found = await checkedAfter(detour, { python: { executable, version: version() } }, () =>
        rmSync(prefix, { recursive: true }),
      );
      expect(found).toMatchObject({ state: 'lapsed', why: expect.stringContaining('is gone') });
    },
  );
});

describe('the directory itself', () => {
  /** The old one is kept, so that its inode is not given away again. */
  const replace = () => {
    renameSync(box.project, `${box.project}-old`);
    mkdirSync(box.project);
  };

  it.each<[DetourId, string]>([
    ['venv', 'holds'],
    ['pipx', 'holds'],
    ['project-manager', 'holds'],
    ['system-package', 'lapsed'],
    ['other-python', 'lapsed'],
    ['break-system-packages', 'lapsed'],
  ])('made anew under the same name: %s %s, and it is said', async (detour, expected) => {
    const found = await checkedAfter(detour, {}, replace);
    expect(found).toMatchObject({
      state: expected,
      why: '~/shop is not the directory that you chose it for',
    });
  });

  it.skipIf(process.getuid?.() !== 0)(
    'made anew by somebody else: asked about, whatever it was',
    async () => {
      const found = await checkedAfter('venv', {}, () => {
        replace();
        chownSync(box.project, 1000, 1000);
      });
      expect(found).toMatchObject({
        state: 'lapsed',
        why: '~/shop is not the directory that you chose it for',
      });
    },
  );

  it('gone: that is said', async () => {
    expect(await checkedAfter('pipx', {}, () => rmSync(box.project, { recursive: true }))).toMatchObject({
      state: 'lapsed',
      gone: true,
      why: '~/shop is gone',
    });
  });

  it('changed inside is the same', async () => {
    const found = await checkedAfter('break-system-packages', {}, () => {
      writeFileSync(join(box.project, 'new'), '');
      mkdirSync(join(box.project, 'below'));
      renameSync(join(box.project, 'below'), join(box.project, 'renamed'));
    });
    expect(found).toEqual({ state: 'holds' });
    expect(existsSync(join(box.project, 'renamed'))).toBe(true);
  });
});
