import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { choicesDirectory, list, recall } from '../../src/memory/choices.ts';
import { quoteAll } from '../../src/quote.ts';
import { cannotInject, cannotMount, changingCalls, onFileSystem, withFault } from '../support/faults.ts';
import { rememberingProgram } from '../support/program.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

let box: Sandbox;
let program: string;
let state: string;

beforeEach(async () => {
  box = sandbox();
  program = await rememberingProgram(box);
  state = join(box.root, 'state');
});

const remembering = (detour: string) => [process.execPath, program, state, box.project, detour];
const remember = (detour: string) => box.run(process.execPath, remembering(detour).slice(1));
const remembered = async () => (await recall(state, box.project, box.home)).choice?.detour;

describe.skipIf(cannotInject)('at every call that changes something on disk', () => {
  it('killed: the choice is the old one or the new one, and the next one is remembered', async () => {
    remember('venv');
    const calls = changingCalls(box, state, remembering('pipx'));
    expect(calls.map((call) => call.name)).toEqual(
      expect.arrayContaining(['openat', 'pwrite64', 'fsync', 'rename']),
    );
    for (const call of calls) {
      expect(withFault(box, call, 'kill', remembering('venv')).struck, call.text).toBe(true);
      expect(['venv', 'pipx'], call.text).toContain(await remembered());
      expect(remember('pipx').code, call.text).toBe(0);
      expect(await remembered()).toBe('pipx');
    }
  });

  it('killed the first time: nothing is remembered or the choice is, and nothing is called damaged', async () => {
    const first = join(box.root, 'first');
    const calls = changingCalls(box, first, [process.execPath, program, first, box.project, 'venv']);
    for (const [index, call] of calls.entries()) {
      const fresh = join(box.root, `state${index}`);
      withFault(box, call, 'kill', [process.execPath, program, fresh, box.project, 'venv']);
      const recalled = await recall(fresh, box.project, box.home);
      expect(recalled.warning, call.text).toBeUndefined();
      expect([undefined, 'venv']).toContain(recalled.choice?.detour);
      expect((await list(fresh)).damaged).toEqual([]);
    }
  });

  it.each(['ENOSPC', 'EIO'])('failed with %s: said, and the old choice stands', async (error) => {
    remember('pipx');
    const calls = changingCalls(box, state, remembering('pipx'));
    remember('venv');
    const writing = calls.filter((call) => /openat|write|fsync|rename/.test(call.name));
    for (const call of writing) {
      const ran = withFault(box, call, { error }, remembering('pipx'));
      expect(ran.struck, call.text).toBe(true);
      expect(ran.stderr, call.text).toMatch(new RegExp(`^cannot-remember: .*${error}`));
      expect(await remembered(), call.text).toBe('venv');
    }
  });
});

describe.skipIf(cannotMount)('where nothing can be written', () => {
  it.each([
    ['full', 'ENOSPC'],
    ['read-only', 'EROFS'],
  ] as const)('(%s) that is said, and the old choice stands', (kind, error) => {
    remember('venv');
    const record = join(choicesDirectory(state), String(readdirSync(choicesDirectory(state))[0]));
    const show = quoteAll(['cat', record]);
    const ran = box.run('unshare', onFileSystem(kind, state, `${quoteAll(remembering('pipx'))} || ${show}`));
    expect(ran.stderr).toMatch(new RegExp(`^cannot-remember: .*${error}`));
    expect(JSON.parse(ran.stdout)).toMatchObject({ detour: 'venv' });
    expect(readFileSync(record, 'utf8')).toContain('venv');
    expect(statSync(record).mode & 0o777).toBe(0o600);
  });
});
