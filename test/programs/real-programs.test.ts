import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dist, lacks, top } from '../support/machine.ts';
import { canMount } from '../support/machines.ts';
import { toolFromNpm, toolFromPypi } from '../support/project-tools.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { type ProgramCase, programCases } from './cases.ts';
import { dockerCase, dockerLines, inDockerfile, systems } from './dockerfile.ts';
import { terminalCases } from './terminals.ts';

const withoutPypi = process.env['PIP_DETOUR_TEST_PYPI'] !== '1';
const slow = 300_000;
const system = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What a run leaves and says; what differs between any two runs is taken out. */
function outcome(box: Sandbox, line: string) {
  const ran = box.run('/bin/sh', ['-c', line], { timeout: slow });
  const same = (text: string) =>
    text
      // Some say which pip they found.
      .replaceAll(`${dist}/shims/`, '/usr/bin/')
      .replaceAll(box.root, 'ROOT')
      .replaceAll(box.root.replace('/tmp/', ''), 'ROOT')
      .replaceAll(/\/tmp\/[\w.-]+/g, '/tmp/…')
      .replaceAll(/shop-[\w-]{8}-py/g, 'shop-…-py')
      .replaceAll(/\b\d+(\.\d+)? ?(s|ms|seconds?|kB)\b/g, 'N')
      .replaceAll(/\b\d{4}-\d\d-\d\d[T ][\d:.]+(Z|[+-]\d\d:\d\d)?/g, 'TIME')
      .replaceAll(/"(start|end|delta)": "[^"]*"/g, '"$1"')
      .replaceAll(/"id": "[^"]*"/g, '"id"');
  const files = readdirSync(box.home, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        !/^\.(ansible|npm|cache|local\/state)\/|\/\.git\/|__pycache__|\.pyc$|_logs|\/logs\/cmd_|\/tmp/.test(
          name,
        ),
    )
    .map(same);
  return { code: ran.code, stdout: same(ran.stdout), stderr: same(ran.stderr), files: files.sort() };
}

/** The tool's own commands stand behind the shims, as /usr/bin and ~/.local/bin do. */
function pathOf({ from }: ProgramCase): string {
  if ('pypi' in from) return `${toolFromPypi(from.pypi)}:${system}`;
  return 'npm' in from ? `${toolFromNpm(from.npm)}:${system}` : system;
}

const rows: string[] = [];

describe.each([
  ['from apt', programCases.filter(({ from }) => 'apt' in from), false],
  [
    'from PyPI and npm (PIP_DETOUR_TEST_PYPI=1)',
    programCases.filter(({ from }) => !('apt' in from)),
    withoutPypi,
  ],
] as const)('with the shims first on PATH, programs %s work as without', (_, cases, skipped) => {
  it.skipIf(skipped).each(cases.map((each) => [`${each.program}: ${each.how}`, each] as const))(
    '%s',
    (_name, each) => {
      if ('apt' in each.from && lacks(...each.from.apt)) return;
      const path = pathOf(each);
      const run = (before: string) => {
        const box = sandbox({ PATH: `${before}${path}`, PIP_DETOUR_HINT: '0', PIPX_SHARED_LIBS: undefined });
        each.prepare(box);
        return outcome(box, each.line);
      };
      const without = run('');
      expect(without.code, without.stdout + without.stderr).toBe(each.code);
      expect(without.stdout + without.stderr).toMatch(each.says);
      expect(run(`${dist}/shims:`)).toEqual(without);
      const version = sandbox({ PATH: path }).run('/bin/sh', ['-c', each.version]).stdout.trim();
      rows.push(
        `| ${each.program} | ${version} | ${each.how} | same exit code (${each.code}), output and files |`,
      );
    },
    slow * 2,
  );
});

describe('where the question is asked through something else', () => {
  it.each(terminalCases.map((each) => [`${each.program}: ${each.how}`, each] as const))(
    '%s',
    async (_name, each) => {
      if (lacks(...each.needs)) return;
      const box = sandbox();
      box.write('pyproject.toml', '[project]\nname = "shop"\nversion = "1"\n');
      await each.rescue(box);
      const site = readdirSync(join(box.project, '.venv/lib'))[0] ?? '';
      expect(readdirSync(join(box.project, '.venv/lib', site, 'site-packages'))).toContain('demo_lib');
      const version = sandbox({ PATH: system }).run('/bin/sh', ['-c', each.version]).stdout.trim();
      rows.push(`| ${each.program} | ${version} | ${each.how} | asked, answered, installed |`);
    },
    slow,
  );
});

describe.skipIf(!canMount || systems.length === 0)('in a Dockerfile (PIP_DETOUR_PLATFORMS)', () => {
  const passed: string[] = [];
  it.each(systems)(
    '%s',
    (name) => {
      for (const { line, code, hinted } of dockerLines) {
        const without = inDockerfile(name, line, 'without');
        expect(without.code, without.stderr).toBe(code);
        const silent = inDockerfile(name, line, 'silent');
        expect(silent).toEqual(without);
        const { stderr, ...rest } = inDockerfile(name, line, 'with');
        const hint = stderr.slice(without.stderr.length);
        expect({ ...rest, stderr: stderr.slice(0, without.stderr.length) }).toEqual(without);
        if (hinted) expect(hint).toMatch(/^\n?pip-detour: .*In a Dockerfile: RUN .*\n$/);
        else expect(hint).toBe('');
      }
      passed.push(name);
    },
    slow,
  );
  afterAll(() => {
    rows.push(`| ${dockerCase.program} | ${passed.join(', ')} | ${dockerCase.how} | ${dockerCase.result} |`);
  });
});

const page = join(top, 'docs/real-programs.md');

it('docs/real-programs.md has a row for each of them, and no other', () => {
  const written = readFileSync(page, 'utf8').matchAll(
    /^\| (?!program|---)([^|]+) \| [^|]* \| (.+) \| [^|]+ \|$/gm,
  );
  const cases = [...programCases, ...terminalCases, dockerCase].map(
    ({ program, how }) => `${program}: ${how}`,
  );
  expect([...written].map(([, program, how]) => `${program}: ${how}`).sort()).toEqual(cases.sort());
});

// PIP_DETOUR_WRITE_DOCS=1 and what docs/real-programs.md names beside it: the table is written anew, from what has just passed.
afterAll(() => {
  if (process.env['PIP_DETOUR_WRITE_DOCS'] !== '1') return;
  const head = readFileSync(page, 'utf8').split('\n| program')[0];
  const table = ['| program | version | how it was run | result |', '| --- | --- | --- | --- |', ...rows];
  writeFileSync(page, `${head}\n${table.join('\n')}\n`);
});
