import { expect, it } from 'vitest';
import { pipsIn } from '../../src/flow/typed-line.ts';

it.each([
  ['pip install six', [['install', 'six']]],
  [' pip install "six>=1" \'a b\'\n', [['install', 'six>=1', 'a b']]],
  [
    'FOO=1 command pip3.11 install six && \\pip uninstall -y six;',
    [
      ['install', 'six'],
      ['uninstall', '-y', 'six'],
    ],
  ],
  ['python3 -I -m pip install six', [['install', 'six']]],
  ['~/shop/.venv/bin/pip install six | tee log', [['install', 'six']]],
  // The shell alone knows what these are.
  ['pip install $NAME; pip install six', [['install', 'six']]],
  ['pip install `cat x`', []],
  ['pip install six>=1', [['install', 'six']]],
  [
    'pip install six >log 2>&1 && pip install a&',
    [
      ['install', 'six'],
      ['install', 'a'],
    ],
  ],
  ['pip install "six', []],
  ['python app.py; echo pip install six', []],
  ['', []],
])('%j', (line, found) => {
  expect(pipsIn(line)).toEqual(found);
});
