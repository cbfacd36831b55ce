import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Option, optionsOf } from '../../src/pip/options.ts';
import { readCommand } from '../../src/pip/read.ts';
import { newest, oldest } from '../../src/pip/versions.ts';
import { readEnvironment } from '../../src/system/variables.ts';
import { dist, systemIsManaged } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';

/**
 * What shims/refuses.sh calls a refusal is one to src/pip/verdict.ts: every option of pip's, every setting and every
 * variable is tried, whether the shell's lists have it or not.
 */

const realPip = '/usr/bin/pip';
const lines = (text: string) => text.split('\n').filter((line) => line !== '');

/** Which of these arguments a script of sh, which has the shim's lists, says `yes` to with them as its $1. */
function taken(box: ReturnType<typeof sandbox>, script: string, args: readonly string[]): string[] {
  const lists = `. "$1/refuses.sh"; shift; _pd_name=pip _pd_bin=/usr/bin _pd_config=$HOME/.config
for word in "$@"; do if (${script}); then printf '%s\n' "$word"; fi; done`;
  const ran = box.run('/bin/sh', ['-c', lists, 'sh', dist, ...args]);
  expect(ran.stderr).toBe('');
  return lines(ran.stdout);
}

const verdictOf = (argv: readonly string[], variables: Record<string, string | undefined>) =>
  readCommand(argv, realPip, readEnvironment(variables)).verdict.kind;

const options = [...new Map([...optionsOf('install', oldest), ...optionsOf('install', newest)])];

/** What an option, its setting or its variable takes. */
const sample = ({ choices, check }: Option) => choices?.[0] ?? (check === 'key=value' ? 'a=b' : '1');

describe.skipIf(!systemIsManaged())('what the shell takes for a refusal is one', () => {
  it('with every option that it passes over, and with what that option takes', () => {
    const box = sandbox();
    const typed = options.flatMap(([name, option]) => {
      if (!option.takesValue) return [`${name} demo-lib`];
      const value = sample(option);
      return [`${name} ${value} demo-lib`, `${name}${name.startsWith('--') ? '=' : ''}${value} demo-lib`];
    });
    const plain = taken(box, '_pd_plain install $word', typed);
    expect(plain.length).toBeGreaterThan(40);
    const refused = (line: string) => verdictOf(['install', ...line.split(' ')], box.env) === 'refuses';
    expect(plain.filter((line) => !refused(line))).toEqual([]);
  });

  it('and leaves to Node an option without what it takes', () => {
    const alone = options.filter(([, { takesValue }]) => takesValue).map(([name]) => name);
    expect(taken(sandbox(), '_pd_plain install $word', alone)).toEqual([]);
  });

  it('with every setting of a file that it passes over', () => {
    const box = sandbox();
    const keys = options.flatMap(([, { long }]) => long.map((name) => name.slice(2)));
    for (const [, option] of options)
      for (const name of option.long)
        box.write(name.slice(2), `[install]\n${name.slice(2)} = ${sample(option)}\n`);
    const harmless = taken(box, '_pd_harmless "$word"', [...new Set(keys)]);
    expect(harmless.length).toBeGreaterThan(8);
    const refused = (key: string) =>
      verdictOf(['install', 'demo-lib'], { ...box.env, PIP_CONFIG_FILE: join(box.project, key) }) ===
      'refuses';
    expect(harmless.filter((key) => !refused(key))).toEqual([]);
  });

  it('with every variable that it passes over', () => {
    const box = sandbox();
    const assigned = options.map(
      ([, option]) => `PIP_${option.name.slice(2).replaceAll('-', '_').toUpperCase()}=${sample(option)}`,
    );
    const plain = taken(box, 'export "$word"; _pd_unchanged', [...new Set(assigned)]);
    expect(plain.length).toBeGreaterThan(20);
    const refused = (one: string) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(one) ?? [];
      return verdictOf(['install', 'demo-lib'], { ...box.env, [name]: value }) === 'refuses';
    };
    expect(plain.filter((one) => !refused(one))).toEqual([]);
  });
});
