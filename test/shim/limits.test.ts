import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacksShell } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { install, recordingPip, type Seen, seen, shells, write } from './house.ts';

/**
 * docs/invisible.md says what no script can keep as it was, because its shell changes it before the first line is read.
 * Here our shim is held to the emptiest script there can be in the same shell: not one thing more may differ.
 */

/** Starts one program as a shell line says, and returns what the recording pip behind it saw. */
function started(box: Sandbox, line: string, program: string, file: string): Seen {
  const ran = box.run('/bin/bash', ['-c', line, 'bash'], { env: { PROGRAM: program } });
  expect(ran.code).toBe(0);
  return seen(file);
}

/** Without what differs between any two programs. */
function environmentOf({ environment }: Seen): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !['_', 'PROGRAM'].includes(name)));
}

const lines: readonly (readonly [string, string])[] = [
  ['an exported function of bash', 'module() { echo x; }; export -f module; exec "$PROGRAM" list'],
  [
    'names no shell can spell',
    'exec env "a.b=1" "npm-config=2" "ProgramFiles(x86)=3" "1x=4" "$PROGRAM" list',
  ],
  [
    'a PWD that is not where one stands',
    'export PWD=/usr; cd "$HOME/there"; exec env PWD=/usr "$PROGRAM" list',
  ],
  ['a PWD through a link', 'cd "$HOME/link"; exec "$PROGRAM" list'],
  ['no PWD at all', 'exec env -u PWD -u OLDPWD "$PROGRAM" list'],
  ['an empty environment', 'exec env -i PATH="$PATH" "$PROGRAM" list'],
  [
    'variables that shells use themselves',
    'exec env IFS=x PS1=y OPTIND=7 ENV=/nosuch PPID=3 "$PROGRAM" list',
  ],
];

describe.each(shells)('in $title', (shell) => {
  it.skipIf(lacksShell(shell.program)).each(lines)(
    '%s: our shim changes nothing that an empty script does not',
    (_title, line) => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      const file = `${box.root}/seen`;
      const real = recordingPip(`${box.root}/a`, file);
      mkdirSync(join(box.home, 'there'));
      box.run('ln', ['-s', 'there', join(box.home, 'link')]);
      box.env['PATH'] = `${ours}:${box.root}/a:/usr/bin:/bin`;
      const first = box.run('head', ['-1', `${ours}/pip`]).stdout;
      const empty = write(`${box.root}/empty`, `${first}exec ${real} "$@"\n`);
      const through = started(box, line, `${ours}/pip`, file);
      const besides = started(box, line, empty, file);
      expect(environmentOf(through)).toEqual(environmentOf(besides));
      expect(through.directory).toBe(besides.directory);
    },
  );
});
