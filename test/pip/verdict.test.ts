import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseCommandLine } from '../../src/pip/command-line.ts';
import { netVerbosity } from '../../src/pip/in-force.ts';
import { verdict } from '../../src/pip/verdict.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { pip, python, systemIsManaged } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

function place(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'pip-detour-verdict-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

function judged(line: string, variables: Record<string, string> = {}, realPip = pip) {
  const environment = readEnvironment({
    HOME: '/proc/nowhere',
    PATH: '/usr/bin:/bin',
    LANG: 'C.UTF-8',
    PIP_CONFIG_FILE: '/dev/null',
    ...variables,
  });
  return verdict(parseCommandLine(line.split(' ')), realPip, environment);
}

describe.skipIf(!systemIsManaged())("the system's pip", () => {
  it.each([
    ['install x', 'refuses'],
    ['install', 'refuses'],
    ['install --user x', 'refuses'],
    ['install --dry-run x', 'refuses'],
    ['install --dry-run --report= x', 'refuses'],
    ['-qqq install x', 'refuses'],
    ['install x -- --target /p', 'refuses'],
    ['uninstall x', 'refuses'],
    ['install --dry-run --report - x', 'proceeds'],
    ['install --target= x', 'proceeds'],
    ['install --root / x', 'proceeds'],
    ['install -t/p x', 'proceeds'],
    ['install --user --target /p x', 'proceeds'],
    ['install x --break-system-packages', 'proceeds'],
    ['install -h', 'proceeds'],
    ['install --nope', 'proceeds'],
    ['--version', 'proceeds'],
    ['uninstall', 'proceeds'],
    ['uninstall -r /proc/nowhere/r.txt', 'proceeds'],
    ['uninstall ./x', 'proceeds'],
    ['uninstall ./x.zip', 'unknown'],
    ['list --user', 'proceeds'],
    ['download x', 'proceeds'],
    ['--python /proc/nowhere install x', 'proceeds'],
  ])('%s: %s', (line, kind) => {
    expect(judged(line)).toMatchObject({ kind, because: expect.stringMatching(/./) });
  });

  it.each([
    [{ PIP_BREAK_SYSTEM_PACKAGES: '1' }, 'proceeds'],
    [{ PIP_BREAK_SYSTEM_PACKAGES: '0' }, 'refuses'],
    [{ PIP_BREAK_SYSTEM_PACKAGES: '2' }, 'proceeds'],
    [{ PIP_TARGET: '' }, 'refuses'],
    [{ PIP_TARGET: '/p' }, 'proceeds'],
    [{ PIP_REQUIRE_VIRTUALENV: '1' }, 'proceeds'],
    [{ VIRTUAL_ENV: '/some/venv' }, 'refuses'],
    [{ PYTHONHOME: '/usr' }, 'unknown'],
    [{ PYTHONWARNINGS: 'error' }, 'unknown'],
    [{ PIP_AUTO_COMPLETE: '1', COMP_WORDS: 'pip ins', COMP_CWORD: '1' }, 'proceeds'],
    [{ PIP_AUTO_COMPLETE: '1' }, 'unknown'],
  ])('install x with %j: %s', (variables, kind) => {
    expect(judged('install x', variables).kind).toBe(kind);
  });

  it('is not predicted where something of the person comes before it', () => {
    const root = place();
    writeFileSync(join(root, 'sitecustomize.py'), '');
    expect(judged('install x', { PYTHONPATH: root }).kind).toBe('unknown');
    rmSync(join(root, 'sitecustomize.py'));
    expect(judged('install x', { PYTHONPATH: root }).kind).toBe('refuses');
  });

  it('is not predicted when a script of the same name is not pip at all', () => {
    const script = join(place(), 'pip');
    writeFileSync(script, `#!${python}\nimport os\nos.execv("/bin/true", ["true"])\n`, { mode: 0o755 });
    expect(judged('install x', {}, script).kind).toBe('unknown');
  });

  it('proceeds in a virtual environment, and where --python names one', () => {
    const s = sandbox();
    expect(s.run(python, ['-m', 'venv', '--without-pip', 'venv']).code).toBe(0);
    const venv = join(s.project, 'venv');
    const inside = judged(`--python ${venv} install x`);
    expect(inside).toMatchObject({ kind: 'proceeds', interpreter: { environment: venv } });
    expect(judged(`--python ${python} install x`).kind).toBe('refuses');
    expect(judged('install x', { PIP_PYTHON: `${venv}/bin/python` }).kind).toBe('proceeds');
    expect(judged('install x', { PIP_PYTHON: venv, _PIP_RUNNING_IN_SUBPROCESS: '1' }).kind).toBe('refuses');
    mkdirSync(join(venv, 'lib/python3/none'), { recursive: true });
    const script = readFileSync(pip, 'utf8').replace(/^#!.*/, `#!${venv}/bin/python`);
    const own = s.write('venv/bin/pip', script, 0o755);
    // Whether such a pip could be imported is another matter: without a package nothing is said.
    expect(judged('install x', {}, own).kind).toBe('unknown');
  });
});

describe('how quiet pip was told to be', () => {
  it.each([
    ['install x', {}, 0],
    ['-q install -qq x', {}, -3],
    ['install -qqqv x', {}, -2],
    ['install x', { PIP_QUIET: '3' }, -3],
    ['install -q x', { PIP_QUIET: 'yes', PIP_VERBOSE: '1' }, -1],
    ['uninstall -q x', {}, -1],
  ])('%s with %j: %i', (line, variables, expected) => {
    const environment = readEnvironment({
      HOME: '/proc/nowhere',
      PATH: '/usr/bin:/bin',
      PIP_CONFIG_FILE: '/dev/null',
      ...variables,
    });
    expect(netVerbosity(parseCommandLine(line.split(' ')), pip, environment)).toBe(expected);
  });
});
