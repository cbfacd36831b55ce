import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { execute } from '../src/execute.ts';
import { nothingInherited } from '../src/process.ts';
import { python } from './support/machine.ts';
import { sandbox } from './support/sandbox.ts';

it('an environment that somebody mended while the question was open is not replaced', async () => {
  const box = sandbox();
  const path = join(box.project, '.venv');
  execFileSync(python, ['-I', '-m', 'venv', '--without-pip', path]);
  box.write('.venv/installed', 'since');
  const steps = [{ kind: 'make', path, replace: true }] as const;
  const options = {
    variables: box.env,
    inherited: nothingInherited,
    write: () => {},
    drawn: false,
    silent: true,
  };
  await expect(execute({ steps }, options)).rejects.toMatchObject({ reference: 'made-meanwhile' });
  expect(readdirSync(box.project)).toEqual(['.venv']);
  expect(box.read('.venv/installed')).toBe('since');
});
