import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment } from '../../../src/system/variables.ts';
import { sandbox } from '../../support/sandbox.ts';
import { situationFor } from '../../support/situations.ts';

/** An apt-cache that knows every package it is asked about, an apt-get, and a Python whose headers may be there. */
export function whereAptKnowsAll(withHeaders: boolean, installed = '(none)') {
  const box = sandbox();
  const known = `#!/bin/sh\nshift\nprintf "%s\\n" "$@" | tr "()| " "\\n" | grep "^[a-z]" | sed "s/.*/&:\\n  Installed: ${installed}\\n  Candidate: 1.0/"\n`;
  box.write('../bin/apt-cache', known, 0o755);
  box.write('../bin/apt-get', '#!/bin/sh\n', 0o755);
  const prefix = join(box.home, 'usr');
  mkdirSync(join(prefix, 'include/python3.11'), { recursive: true });
  if (withHeaders) writeFileSync(join(prefix, 'include/python3.11/Python.h'), '');
  const interpreter = {
    executable: join(prefix, 'bin/python3'),
    prefix,
    stdlib: join(prefix, 'lib/python3.11'),
    version: '3.11',
  };
  const situation = situationFor('install demo', {
    interpreter,
    systemPackages: { manager: 'apt', state: 'unasked', answers: [], attended: true, root: [] },
  });
  return {
    situation,
    environment: readEnvironment({ HOME: box.home, PATH: `${box.home}/bin:/usr/bin:/bin` }),
  };
}
