import { describe, expect, it } from 'vitest';
import { venv } from '../../../src/detours/venv/index.ts';
import { uvInstall } from '../../../src/detours/venv/uv-install.ts';
import { parseCommandLine } from '../../../src/pip/command-line.ts';
import { installSettings } from '../../../src/pip/in-force.ts';
import { readEnvironment } from '../../../src/system/variables.ts';
import type { Interpreter } from '../../../src/types.ts';
import { situationFor } from '../../support/situations.ts';

const interpreter: Interpreter = {
  executable: '/usr/bin/python3',
  prefix: '/usr',
  stdlib: '/usr/lib/python3.11',
  version: '3.11',
};

/** What uv would be given for a command line of pip 25.0, with `variables` as pip's configuration. */
function translated(line: string, variables: Record<string, string> = {}) {
  const command = parseCommandLine(line.split(' '), '25.0');
  const environment = readEnvironment({ HOME: '/nobody', PIP_CONFIG_FILE: '/dev/null', ...variables });
  const settings = installSettings(command, interpreter, '25.0', environment);
  if (!('values' in settings)) throw new Error(JSON.stringify(settings));
  return uvInstall(command, Object.fromEntries(settings.values));
}

const index = 'https://example.org/simple';

describe('pip install as uv has it', () => {
  it.each<[string, string, Record<string, string>?, Record<string, string>?]>([
    ['install a b>=2', 'a b>=2'],
    ['install -r r.txt -c c.txt x', '--requirements r.txt --constraints c.txt x'],
    ['install -e . -e ../y[z]', '--editable . --editable ../y[z]'],
    ['install --user --break-system-packages --no-input x', 'x'],
    ['install --no-index -f wheels x', '--no-index --find-links wheels x'],
    [`install -i ${index} --trusted-host h x`, `--index-url ${index} --allow-insecure-host h x`],
    [
      `install --extra-index-url ${index} x`,
      `--extra-index-url ${index} --index-strategy unsafe-best-match x`,
    ],
    ['install -U x y==1', '--upgrade-package x --upgrade-package y x y==1'],
    ['install -U --upgrade-strategy eager -r r.txt', '--requirements r.txt --upgrade'],
    ['install --force-reinstall --no-deps --pre x', '--reinstall --no-deps --prerelease allow x'],
    ['install --no-binary :all: --only-binary a,b x', '--no-binary :all: --only-binary a --only-binary b x'],
    ['install --no-cache-dir x', '--no-cache x'],
    ['install -qq --no-color --progress-bar off x', '--quiet --color never --no-progress x'],
    ['install -qqq x', '--quiet --quiet x'],
    ['install x', 'x', { PIP_QUIET: '0' }],
    ['install --no-build-isolation --compile x', '--no-build-isolation --compile-bytecode x'],
    ['install -C a=1 -C b=2 x', '--config-setting a=1 --config-setting b=2 x'],
    ['install --cert ca.pem x', 'x', {}, { SSL_CERT_FILE: 'ca.pem' }],
    ['install --timeout 0.5 --retries 0 x', 'x', {}, { UV_HTTP_TIMEOUT: '1', UV_HTTP_RETRIES: '0' }],
    ['install --proxy http://p:1 x', 'x', {}, { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: 'http://p:1' }],
    ['install x', '--no-index --find-links a --find-links b x', { PIP_NO_INDEX: '1', PIP_FIND_LINKS: 'a b' }],
    [
      'install x',
      `--index-url ${index} --constraints c.txt x`,
      { PIP_INDEX_URL: index, PIP_CONSTRAINT: 'c.txt' },
    ],
    ['install -i http://mine x', '--index-url http://mine x', { PIP_INDEX_URL: index }],
    ['install x', 'x', { PIP_CERT: '/ca.pem', PIP_USER: '1' }, { SSL_CERT_FILE: '/ca.pem' }],
  ])('%s → %s', (line, args, variables = {}, env = {}) => {
    expect(translated(line, variables)).toEqual({ args: args.split(' '), env });
  });

  it.each<[string, RegExp, Record<string, string>?]>([
    ['install --target out x', /uv has no --target/],
    ['install --ignore-installed x', /uv has no --ignore-installed/],
    ['install --report r.json x', /uv has no --report/],
    ['install --python-version 3.9 x', /uv has no --python-version/],
    ['install --use-feature fast-deps x', /uv has no --use-feature/],
    ['install --log pip.log x', /uv has no --log/],
    ['install -U -r r.txt', /would upgrade what these need/],
    ['install -U ./here', /would upgrade what these need/],
    ['install x', /uv has no --platform/, { PIP_PLATFORM: 'win32' }],
    ['uninstall x', /for installing/],
  ])('%s: declined, %s', (line, why, variables = {}) => {
    expect(translated(line, variables)).toEqual({ declined: expect.stringMatching(why) });
  });
});

describe('the plan of the virtual environment', () => {
  const uv = { executable: '/opt/uv', settings: { '--no-index': true, '--find-links': ['w'] } };
  const words = (change: Parameters<typeof situationFor>[1]) =>
    venv
      .plan(situationFor('install requests', { installer: 'uv', ...change }))
      .steps.flatMap((step) => (step.kind === 'run' ? [[step.command, ...step.args].join(' ')] : []));

  it('with uv: an environment made by it and installed into by it, as data', () => {
    expect(words({ uv })).toEqual([
      '/opt/uv venv --quiet --no-project --allow-existing --python /usr/bin/python3 /home/u/shop/.venv',
      '/opt/uv pip install --no-config --python /home/u/shop/.venv --no-index --find-links w requests',
    ]);
  });

  it('with uv, into an environment that is there', () => {
    const environment = { directory: '/home/u/shop/.venv', state: 'ready' } as const;
    expect(words({ uv, environment })).toHaveLength(1);
  });

  it('pip installs where uv is missing or would do something else, and says so afterwards', () => {
    for (const [found, why] of [
      [{ missing: 'uv is not on PATH' }, 'uv is not on PATH'],
      [{ executable: '/opt/uv', settings: { '--target': 'x' } }, 'uv has no --target'],
    ] as const) {
      expect(words({ uv: found })[0]).toContain('/usr/bin/python3 -I -m venv');
      const plan = venv.plan(situationFor('install requests', { installer: 'uv', uv: found }));
      expect(plan.afterwards).toContain(`pip installed this, not uv: ${why}.`);
    }
  });
});
