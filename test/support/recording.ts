import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case, Mode, Run } from './compare.ts';
import { dist, top } from './machine.ts';
import type { Sandbox } from './sandbox.ts';

const recorder = readFileSync(join(top, 'test/support/recording-pip.py'), 'utf8');

export interface RecordedOptions {
  readonly title?: string;
  readonly mode?: Mode;
  readonly env?: Readonly<Record<string, string>>;
  readonly prepare?: Case['prepare'];
  readonly stdin?: string;
  /** Where the shim lies; the built program's unless said otherwise. */
  readonly shims?: string;
  /** Variables to leave unset. */
  readonly without?: readonly string[];
}

let made = 0;

/** A case whose real pip only writes down how it was started. Each has a directory of its own below the sandbox. */
export function recorded(box: Sandbox, args: readonly string[], options: RecordedOptions = {}): Case {
  made += 1;
  const root = `${box.root}/case-${made}`;
  const {
    mode = 'pipes',
    env = {},
    without = [],
    shims = `${dist}/shims`,
    title = args.join(' ').slice(0, 60),
  } = options;
  return {
    title: `${title} · ${mode}`,
    root,
    mode,
    direct: [`${root}/bin/pip`, ...args],
    through: [`${shims}/pip`, ...args],
    env: lacking(without, {
      HOME: `${root}/home`,
      PWD: [`${root}/home/shop`, ...(options.prepare?.cwd === undefined ? [] : [options.prepare.cwd])].join(
        '/',
      ),
      OLDPWD: `${root}/home`,
      PATH: `${shims}:${root}/bin:/usr/bin:/bin`,
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      PIP_CONFIG_FILE: '/dev/null',
      PIP_DETOUR_HINT: '0',
      ...env,
    }),
    // The system's Python, so that our program takes it for a pip that may refuse.
    script: { 'bin/pip': [`#!/usr/bin/python3 -IS\n${recorder}`, 0o755] },
    ...(options.prepare === undefined ? {} : { prepare: options.prepare }),
    ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
  };
}

function lacking(names: readonly string[], variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)));
}

/** What may differ in what the real pip saw: nothing but the shell's own variable `_`. */
export function comparable(run: Run): Run {
  const environment = run.seen?.['environment'];
  if (!Array.isArray(environment)) return run;
  const kept = environment.filter((entry) => !/^_=/.test(String(entry)));
  return { ...run, seen: { ...run.seen, environment: kept } };
}

/** Where two values differ, one line for each place; for tables whose whole diff would be too long to read. */
export function differences(direct: unknown, through: unknown, at = ''): string[] {
  if (JSON.stringify(direct) === JSON.stringify(through)) return [];
  if (typeof direct !== 'object' || typeof through !== 'object' || direct === null || through === null)
    return [`${at}: ${JSON.stringify(direct)} → ${JSON.stringify(through)}`];
  const names = [...new Set([...Object.keys(direct), ...Object.keys(through)])];
  return names.flatMap((name) =>
    differences(Reflect.get(direct, name), Reflect.get(through, name), `${at}.${name}`),
  );
}
