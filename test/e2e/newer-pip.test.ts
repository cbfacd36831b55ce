import { expect, it } from 'vitest';
import { compareVersions } from '../../src/pip/versions.ts';
import { python, pythonName } from '../support/machine.ts';
import { pipsHere } from '../support/pips.ts';
import { sandbox } from '../support/sandbox.ts';

/** Options the refusing pip is too old for go to the environment's own pip, where one is chosen and is younger. */

const refusing = pipsHere().find((pip) => pip.python === python)?.version ?? '0';
const isYoung = compareVersions(refusing, '25.1') >= 0;

it.skipIf(isYoung)(
  'an option of a newer pip is carried out by the environment’s own, where that is chosen',
  () => {
    const box = sandbox();
    box.run('python3', ['-m', 'venv', '--without-pip', '.venv']);
    const site = `lib/${pythonName}/site-packages/pip`;
    // A pip of 25.1 as far as it is looked at and run.
    box.write(`.venv/${site}/__init__.py`, '__version__ = "25.1"\n');
    box.write(
      `.venv/${site}/__pip-runner__.py`,
      "import sys\nprint('the newer pip was given', sys.argv[1:])\n",
    );
    box.write('pyproject.toml', '[dependency-groups]\ndev = ["demo-lib"]\n');
    const chosen = { env: { PIP_DETOUR: 'venv' } };
    expect(box.run('pip', ['install', '--group', 'dev'], chosen).stdout).toContain(
      "the newer pip was given ['install', '--group', 'dev']",
    );
    for (const [words, env] of [
      [['install', '--group', 'dev', '--break-system-packages'], chosen.env],
      [['install', '--group', 'dev'], { PIP_DETOUR: 'pipx' }],
    ] as const) {
      const plain = box.run('/usr/bin/pip', words, { env });
      expect(box.run('pip', words, { env })).toEqual(plain);
      expect(plain.code).toBe(2);
    }
  },
);
