import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { execute } from '../../src/run/execute.ts';
import { nothingInherited } from '../../src/system/inherited.ts';
import { run } from '../../src/system/process.ts';
import { python } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

const options = (box: Sandbox) => ({
  variables: box.env,
  inherited: nothingInherited,
  show: { say() {}, stdout() {}, stderr() {} },
  drawn: false,
  silent: true,
});

it('of a directory it had to make for an environment, what somebody else put there meanwhile stays', async () => {
  const box = sandbox();
  const path = join(box.project, 'made/environments/mine');
  const theirs = join(box.project, 'made/environments/theirs');
  const steps = [
    { kind: 'make', path },
    { kind: 'run', command: '/bin/sh', args: ['-c', 'mkdir "$1"; exit 3', 'sh', theirs] },
  ] as const;
  expect(await execute({ steps }, options(box))).toMatchObject({ ending: { code: 3 } });
  expect(readdirSync(join(box.project, 'made/environments'))).toEqual(['theirs']);
});

it('an environment that somebody mended while the question was open is not replaced', async () => {
  const box = sandbox();
  const path = join(box.project, '.venv');
  execFileSync(python, ['-I', '-m', 'venv', '--without-pip', path]);
  box.write('.venv/installed', 'since');
  const steps = [{ kind: 'make', path, replace: true }] as const;
  await expect(execute({ steps }, options(box))).rejects.toMatchObject({ reference: 'made-meanwhile' });
  expect(readdirSync(box.project)).toEqual(['.venv']);
  expect(box.read('.venv/installed')).toBe('since');
});

it('what a killed one had put aside goes once another is there, and stays while none is', async () => {
  const box = sandbox();
  const path = join(box.project, '.venv');
  // 4194304 is no process (proc(5), pid_max); the other is one.
  box.write('.venv.pip-detour-old-4194304/bin/theirs', '');
  box.write(`.venv.pip-detour-old-${process.ppid}/bin/theirs`, '');
  const ending = (code: string) =>
    ({ kind: 'run', command: '/bin/sh', args: ['-c', `exit ${code}`] }) as const;
  await execute({ steps: [{ kind: 'make', path }, ending('1')] }, options(box));
  expect(readdirSync(box.project)).toHaveLength(2);
  await execute({ steps: [{ kind: 'make', path }, ending('0')] }, options(box));
  expect(readdirSync(box.project).sort()).toEqual(['.venv', `.venv.pip-detour-old-${process.ppid}`]);
  expect(readdirSync(path)).toEqual([]);
});

it('what a program says is understood in colours, too', async () => {
  const box = sandbox();
  const step = {
    kind: 'run',
    command: '/bin/sh',
    args: ['-c', String.raw`printf 'No \033[1mapps\033[0m for \033[36mdemo\033[39m\n'`],
    watch: [{ means: 'no-apps', pattern: 'No apps for demo' }],
  } as const;
  expect(await execute({ steps: [step] }, options(box))).toMatchObject({ meanings: ['no-apps'] });
});

it.each([
  { what: 'the last of it, at the end', last: 9, heard: '999\n1000\n' },
  { what: 'all of what is shorter', last: 100_000, heard: /^1\n2\n[\s\S]*\n1000\n$/ },
  { what: 'all of it, as it comes', last: undefined, heard: /^1\n2\n[\s\S]*\n1000\n$/ },
])('of what a program writes beside its own streams is heard $what', async ({ last, heard }) => {
  const box = sandbox();
  const chunks: Buffer[] = [];
  const take = (chunk: Buffer) => void chunks.push(chunk);
  const aside = { descriptor: 4, take, ...(last === undefined ? {} : { last }) };
  const ending = await run('/bin/sh', ['-c', 'seq 1000 >&4; exit 3'], { env: box.env, aside });
  expect(ending).toEqual({ code: 3 });
  expect(Buffer.concat(chunks).toString()).toEqual(
    typeof heard === 'string' ? heard : expect.stringMatching(heard),
  );
});

it('what cannot be started has said nothing, and leaves nothing open', async () => {
  const box = sandbox();
  const before = readdirSync('/dev/fd').length;
  const aside = { descriptor: 3, take() {}, last: 10 };
  await expect(run(`${box.root}/gone`, [], { env: box.env, aside })).rejects.toMatchObject({
    reference: 'cannot-start',
  });
  expect(readdirSync('/dev/fd')).toHaveLength(before);
});

it('of what a program that nobody watches writes, both streams are heard in their order, and no more than the last', async () => {
  const box = sandbox();
  const chunks: Buffer[] = [];
  const output = { take: (chunk: Buffer) => void chunks.push(chunk), last: 12 };
  const words = 'echo first; echo second >&2; echo third; kill -TERM $$';
  const ending = await run('/bin/sh', ['-c', words], { env: box.env, output });
  expect(ending).toEqual({ signal: 'SIGTERM' });
  expect(Buffer.concat(chunks).toString()).toBe('econd\nthird\n');
});
