/**
 * The options of `pip`, `pip install` and `pip uninstall`, pip 22.3 to 26.3, as pip's own parsers have them
 * (pip/_internal/cli/cmdoptions.py of each version; test/pip/options.test.ts compares this table with the real parsers).
 */

/** What optparse does with an option: `true`/`false` set a flag, `call` is one of pip's own callbacks. */
export type OptionAction = 'true' | 'false' | 'count' | 'store' | 'append' | 'call' | 'help';

/** How a value is judged while the line is read; a value that fails ends pip before it does anything. */
export type ValueCheck =
  | 'int'
  | 'float'
  | 'python-version'
  | 'key=value'
  | 'group'
  | 'date'
  | 'not-an-option'
  | 'package';

/** One option, as the versions of pip have it. */
export interface Row {
  /** Spellings, the short one and the canonical long one first: `-r --requirement`. */
  readonly names: string;
  readonly action: OptionAction;
  readonly check?: ValueCheck;
  /** The words allowed, by the pip version that brought the list. */
  readonly choices?: Readonly<Record<string, string>>;
  /** The first pip that has it, and the first that no longer has it; absent: all from 22.3 on. */
  readonly since?: string;
  readonly until?: string;
  /** The first pip that knows its short spelling, when younger than the option. */
  readonly shortSince?: string;
  /** The option whose setting this one writes too (optparse's `dest`). */
  readonly sets?: string;
  /** `call` options that take a value, as opposed to flags. */
  readonly takesValue?: boolean;
}

/** Of pip itself. */
export const general: readonly Row[] = [
  { names: '-h --help', action: 'help' },
  { names: '--debug', action: 'true' },
  { names: '--isolated', action: 'true' },
  { names: '--require-virtualenv --require-venv', action: 'true' },
  { names: '--python', action: 'store' },
  { names: '-v --verbose', action: 'count' },
  { names: '-q --quiet', action: 'count' },
  { names: '--log --log-file --local-log', action: 'store' },
  { names: '--no-input', action: 'true' },
  {
    names: '--keyring-provider',
    action: 'store',
    since: '23.1',
    choices: { '23.1': 'auto disabled import subprocess' },
  },
  { names: '--proxy', action: 'store' },
  { names: '--no-proxy-env', action: 'true', since: '26.2' },
  { names: '--retries', action: 'store', check: 'int' },
  { names: '--timeout --default-timeout', action: 'store', check: 'float' },
  { names: '--exists-action', action: 'append', choices: { '22.3': 's i w b a' } },
  { names: '--trusted-host', action: 'append' },
  { names: '--cert', action: 'store' },
  { names: '--client-cert', action: 'store' },
  { names: '--cache-dir', action: 'store' },
  { names: '--no-cache-dir', action: 'call', sets: '--cache-dir' },
  { names: '--disable-pip-version-check', action: 'true' },
  { names: '--no-color', action: 'true' },
  { names: '--no-python-version-warning', action: 'true' },
  {
    names: '--use-feature',
    action: 'append',
    choices: {
      '22.3': 'fast-deps truststore no-binary-enable-wheel-cache',
      '25.3': 'fast-deps truststore no-binary-enable-wheel-cache build-constraint',
      '26.0': 'fast-deps truststore no-binary-enable-wheel-cache build-constraint inprocess-build-deps',
      '26.2':
        'fast-deps truststore no-binary-enable-wheel-cache build-constraint inprocess-build-deps venv-isolation',
    },
  },
  {
    names: '--use-deprecated',
    action: 'append',
    choices: { '22.3': 'legacy-resolver', '24.2': 'legacy-resolver legacy-certs' },
  },
  { names: '--resume-retries', action: 'store', check: 'int', since: '25.1' },
];

/** Understood before the subcommand by every pip, after it only up to 26.2. */
export const version: Row = { names: '-V --version', action: 'true' };

const rootUserAction: Row = {
  names: '--root-user-action',
  action: 'store',
  choices: { '22.3': 'warn ignore' },
};

const breakSystemPackages: Row = { names: '--break-system-packages', action: 'true', since: '23.0.1' };

const requirement: Row = { names: '-r --requirement', action: 'append' };

/** Of `pip install` besides. */
export const install: readonly Row[] = [
  requirement,
  { names: '-c --constraint', action: 'append' },
  { names: '--build-constraint', action: 'append', since: '25.3' },
  { names: '--requirements-from-script', action: 'append', since: '26.0' },
  { names: '--no-deps --no-dependencies', action: 'true' },
  { names: '--only-deps --only-dependencies', action: 'true', since: '26.2' },
  { names: '-e --editable', action: 'append' },
  { names: '--dry-run', action: 'true' },
  { names: '-t --target', action: 'store' },
  { names: '--platform', action: 'append' },
  { names: '--python-version', action: 'call', takesValue: true, check: 'python-version' },
  { names: '--implementation', action: 'store' },
  { names: '--abi', action: 'append' },
  { names: '--user', action: 'true' },
  { names: '--no-user', action: 'false', sets: '--user' },
  { names: '--root', action: 'store' },
  { names: '--prefix', action: 'store' },
  { names: '--src --source --source-dir --source-directory', action: 'call', takesValue: true },
  { names: '-U --upgrade', action: 'true' },
  { names: '--upgrade-strategy', action: 'store', choices: { '22.3': 'only-if-needed eager' } },
  { names: '--force-reinstall', action: 'true' },
  { names: '-I --ignore-installed', action: 'true' },
  { names: '--ignore-requires-python', action: 'true' },
  { names: '--no-build-isolation', action: 'false' },
  { names: '--use-pep517', action: 'true' },
  { names: '--no-use-pep517', action: 'call', until: '25.3', sets: '--use-pep517' },
  { names: '--check-build-dependencies', action: 'true' },
  breakSystemPackages,
  {
    names: '-C --config-settings',
    action: 'call',
    takesValue: true,
    check: 'key=value',
    shortSince: '23.1',
  },
  { names: '--install-option', action: 'append', until: '23.1' },
  { names: '--global-option', action: 'append', until: '25.3' },
  { names: '--compile', action: 'true' },
  { names: '--no-compile', action: 'false', sets: '--compile' },
  { names: '--no-warn-script-location', action: 'false' },
  { names: '--no-warn-conflicts', action: 'false' },
  { names: '--require-hashes', action: 'true' },
  { names: '--no-require-hashes', action: 'true', since: '26.2' },
  {
    names: '--progress-bar',
    action: 'store',
    choices: { '22.3': 'on off', '24.1': 'on off raw', '25.2': 'on off raw auto' },
  },
  rootUserAction,
  { names: '--report', action: 'store' },
  { names: '--group', action: 'call', takesValue: true, check: 'group', since: '25.1' },
  { names: '--no-clean', action: 'true' },
  { names: '--pre', action: 'true' },
  { names: '--all-releases', action: 'call', takesValue: true, check: 'not-an-option', since: '26.0' },
  { names: '--only-final', action: 'call', takesValue: true, check: 'not-an-option', since: '26.0' },
  { names: '--no-binary', action: 'call', takesValue: true, check: 'not-an-option' },
  { names: '--only-binary', action: 'call', takesValue: true, check: 'not-an-option' },
  { names: '--prefer-binary', action: 'true' },
  { names: '-i --index-url --pypi-url', action: 'store' },
  { names: '--extra-index-url', action: 'append' },
  { names: '--no-index', action: 'true' },
  { names: '--refresh-package', action: 'call', takesValue: true, check: 'package', since: '26.2' },
  { names: '-f --find-links', action: 'append' },
  { names: '--uploaded-prior-to', action: 'call', takesValue: true, check: 'date', since: '26.0' },
];

/** Of `pip uninstall` besides. */
export const uninstall: readonly Row[] = [
  requirement,
  { names: '-y --yes', action: 'true' },
  rootUserAction,
  breakSystemPackages,
];

/** The subcommands that every pip has. */
export const commands =
  'cache check completion config debug download freeze hash help index inspect install list search show uninstall wheel';
