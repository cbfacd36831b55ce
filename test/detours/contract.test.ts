import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detours } from '../../src/detours/index.ts';
import { buildQuestion, commandsOf } from '../../src/prompt/build.ts';
import type { Situation, SystemPackages } from '../../src/types.ts';
import { situationFor } from '../support/situations.ts';

const systemPackages: SystemPackages = {
  manager: 'apt',
  state: 'answered',
  answers: [
    { kind: 'packaged', name: 'requests', package: 'python3-requests', version: '2.28.1', installed: '2.20' },
  ],
  root: ['/usr/bin/sudo'],
  attended: true,
  does: ['/usr/bin/apt-get', 'install', 'python3-requests', 'black'],
};
const active = { directory: '/home/u/other', state: 'ready', version: '3.11' } as const;

/** Nobody's pipx here, and nothing that could get one: applications are kept by us. */
function pipxMissing(line: string): Situation {
  const environments = '/home/u/apps';
  const { pipx: _, ...rest } = situationFor(line);
  const looks = Object.fromEntries(
    ['requests', 'black'].map((name) => [name, { directory: join(environments, name), state: 'missing' }]),
  ) satisfies Record<string, { state: 'missing' }>;
  const places = { environments, bin: '/home/u/.local/bin', installed: [], binOnPath: false };
  return { ...rest, withoutPipx: { ...places, looks, pathLine: 'fish_add_path ~/.local/bin' } };
}

/** Lines and places every detour must have an answer to: a plan, or a reason. */
const situations: readonly Situation[] = [
  'install requests',
  'install black',
  'install -r requirements.txt',
  'install -e .',
  'install requests[socks]==2.31 --index-url https://example.org/simple -c constraints.txt',
  'install git+https://example.org/x.git',
  'install',
  'install --no-such-option x',
  'uninstall -y requests',
].flatMap((line) => [
  situationFor(line, { systemPackages }),
  situationFor(line),
  situationFor(line, { active }),
  pipxMissing(line),
  situationFor(line, { environment: { ...active, directory: '/home/u/shop/.venv' } }),
]);

it('ids are unique', () => {
  expect(new Set(detours.map((detour) => detour.id)).size).toBe(detours.length);
});

describe.each(detours.map((detour) => [detour.id, detour] as const))('%s', (_id, detour) => {
  it('has a reason or a plan for every situation, the same each time, and changes nothing it was given', () => {
    for (const situation of situations) {
      const before = structuredClone(situation);
      const why = detour.unavailable(situation);
      if (why === undefined) {
        const plan = detour.plan(situation);
        expect(plan.steps.length).toBeGreaterThan(0);
        expect(detour.plan(situation)).toStrictEqual(plan);
        expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
        expect(commandsOf(plan, situation.home).length).toBeGreaterThan(0);
      } else expect(why).toMatch(/^[^A-Z\n].*[^.]$|^PEP/);
      expect(situation).toStrictEqual(before);
    }
  });

  it('what installs is listened to, so that a failure can be explained; the distribution’s own tools explain theirs', () => {
    for (const situation of situations) {
      if (situation.command.subcommand !== 'install' || detour.brings === 'built') continue;
      if (detour.unavailable(situation) !== undefined) continue;
      const heard = detour.plan(situation).steps.filter((step) => step.kind === 'run' && step.hears);
      expect(heard, `hears: none in the plan for ${situation.command.argv.join(' ')}`).not.toEqual([]);
    }
  });

  it('carries every requirement and option over, or names what it leaves out', () => {
    for (const situation of situations) {
      if (detour.unavailable(situation) !== undefined) continue;
      const plan = detour.plan(situation);
      const words = plan.steps.flatMap((step) => (step.kind === 'run' ? step.args : []));
      const dropped = plan.dropped ?? [];
      for (const { text } of situation.command.requirements)
        expect(
          words.some((word) => [text, join(situation.cwd, text)].some((one) => word.includes(one))) ||
            dropped.some((said) => said.includes(text)),
          `${text} of ${situation.command.argv.join(' ')}`,
        ).toBe(true);
      for (const { name, value } of situation.command.options.filter((option) => option.name !== '--yes'))
        expect(
          // Whole words: `-r` stands in `python3-requests`, too.
          words.some((word) => word === name || word.startsWith(`${name}=`) || isValue(word, value)) ||
            dropped.some((said) => said.startsWith(name)),
          `${name} of ${situation.command.argv.join(' ')}`,
        ).toBe(true);
    }
  });
});

/** Whether a word is an option's value, as it was typed or as a path in full. */
function isValue(word: string, value: string | undefined): boolean {
  return value !== undefined && (word === value || word.endsWith(`/${value}`) || word.endsWith(`=${value}`));
}

it('the prompt shows every detour that is there, and never preselects one that cannot be taken', () => {
  for (const situation of situations) {
    const question = buildQuestion(situation);
    expect(question.options.at(-1)?.id).toBe('none');
    expect(question.options[question.preselected]?.unavailable).toBeUndefined();
    expect(question.options.map((option) => option.id)).toEqual(expect.arrayContaining(['venv', 'pipx']));
  }
});

it('where nothing is recommended Enter does nothing', () => {
  const question = buildQuestion(
    situationFor('install demo-lib', {
      uid: 0,
      where: { kinds: ['sudo'], throwAway: false },
      place: { directory: '/home/u/shop', writable: true, owner: 1000 },
    }),
  );
  expect(question.options.find(({ id }) => id === 'pipx')?.unavailable).toBeUndefined();
  expect(question.options.every(({ recommended }) => recommended === undefined)).toBe(true);
  expect(question.options[question.preselected]?.id).toBe('none');
});
