import { hasOption, optionValues } from '../../pip/command-line.ts';
import type { PipCommand, PipSetting } from '../../types.ts';

/** `pip install` as uv's arguments and variables, or why uv would do something else. */
export type UvInstall =
  | { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> }
  | { readonly declined: string };

type Settings = Readonly<Record<string, PipSetting>>;

/** Options of pip that change nothing for uv, or only what an environment does not have. */
const without = new Set([
  '--user',
  '--break-system-packages',
  '--disable-pip-version-check',
  '--no-input',
  '--root-user-action',
  '--no-warn-script-location',
  '--no-warn-conflicts',
  '--no-python-version-warning',
  '--require-virtualenv',
  '--no-clean',
  '--prefer-binary',
  // uv builds no other way.
  '--use-pep517',
  // uv's cache is another than pip's, in a place of its own.
  '--cache-dir',
  // Told below, with --upgrade.
  '--upgrade-strategy',
  '--isolated',
]);

/** Flags, and options of which each value becomes an option of its own. */
const flags: Readonly<Record<string, string>> = {
  '--no-index': '--no-index',
  '--no-deps': '--no-deps',
  '--require-hashes': '--require-hashes',
  '--dry-run': '--dry-run',
  '--force-reinstall': '--reinstall',
  '--compile': '--compile-bytecode',
};
const valued: Readonly<Record<string, string>> = {
  '--requirement': '--requirements',
  '--constraint': '--constraints',
  '--build-constraint': '--build-constraints',
  '--editable': '--editable',
  '--index-url': '--index-url',
  '--extra-index-url': '--extra-index-url',
  '--find-links': '--find-links',
  '--trusted-host': '--allow-insecure-host',
  '--config-settings': '--config-setting',
  '--group': '--group',
};
/** What uv is told by variables (its reference, "Environment variables"); every uv knows these. */
const variables: Readonly<Record<string, string>> = {
  '--cert': 'SSL_CERT_FILE',
  '--client-cert': 'SSL_CLIENT_CERT',
  '--timeout': 'UV_HTTP_TIMEOUT',
  '--retries': 'UV_HTTP_RETRIES',
};

/**
 * Translates `pip install`: `settings` is what the command line and pip's configuration say together. Of the settings
 * every one has its equal in uv, means nothing there, or is the reason why pip installs after all.
 */
export function uvInstall(command: PipCommand, settings: Settings): UvInstall {
  if (command.subcommand !== 'install') return { declined: `uv is for installing` };
  const args: string[] = [];
  const env: Record<string, string> = {};
  for (const [name, setting] of Object.entries(settings)) {
    const values = valuesOf(command, name, setting);
    const [flag, option, variable] = [flags[name], valued[name], variables[name]];
    if (without.has(name) || setting === '') continue;
    if (flag !== undefined) args.push(...(setting === true ? [flag] : []));
    else if (option !== undefined) args.push(...values.flatMap((value) => [option, value]));
    else if (variable !== undefined)
      env[variable] = name === '--timeout' ? seconds(setting) : String(setting);
    else if (name === '--proxy')
      Object.assign(env, { HTTP_PROXY: String(setting), HTTPS_PROXY: String(setting) });
    else {
      const own = special(name, setting, values);
      if (own === undefined) return { declined: `uv has no ${name}` };
      args.push(...own);
    }
  }
  if (settings['--cache-dir'] === true || hasOption(command, '--no-cache-dir')) args.push('--no-cache');
  if (settings['--extra-index-url'] !== undefined)
    // pip takes the best version of all indexes, uv that of the first one which knows the name.
    args.push('--index-strategy', 'unsafe-best-match');
  const packages = command.requirements.filter(({ kind, editable }) => kind !== 'file' && editable !== true);
  if (settings['--upgrade'] === true) {
    const eager = settings['--upgrade-strategy'] === 'eager';
    const names = packages.flatMap(({ name }) => name ?? []);
    const onlyNames = names.length === packages.length && settings['--requirement'] === undefined;
    if (!eager && !onlyNames) return { declined: 'uv would upgrade what these need as well' };
    args.push(...(eager ? ['--upgrade'] : names.flatMap((name) => ['--upgrade-package', name])));
  }
  return { args: [...args, ...packages.map(({ text }) => text)], env };
}

/** Options that pip collects in a way of its own are in the settings with their last value alone. */
function valuesOf(command: PipCommand, name: string, setting: PipSetting): readonly string[] {
  if (typeof setting === 'object') return setting;
  const given = optionValues(command, name);
  return given.length > 0 ? given : [String(setting)];
}

/** Options whose translation is more than another name; undefined when there is none. */
function special(
  name: string,
  setting: PipSetting,
  values: readonly string[],
): readonly string[] | undefined {
  switch (name) {
    case '--upgrade':
      return [];
    case '--pre':
      return setting === true ? ['--prerelease', 'allow'] : [];
    case '--no-color':
      return setting === true ? ['--color', 'never'] : [];
    case '--quiet':
      return Array.from({ length: quietness(Number(setting)) }, () => '--quiet');
    case '--verbose':
      return Array.from({ length: Number(setting) }, () => '--verbose');
    case '--no-build-isolation':
      return setting === false ? ['--no-build-isolation'] : [];
    case '--progress-bar':
      return setting === 'off' ? ['--no-progress'] : [];
    case '--keyring-provider':
      return setting === 'subprocess' || setting === 'disabled' ? ['--keyring-provider', setting] : undefined;
    case '--no-binary':
    case '--only-binary':
      return values.flatMap((value) => value.split(',')).flatMap((value) => [name, value]);
    default:
      // What is off is as it always is.
      return setting === false ? [] : undefined;
  }
}

/** pip takes parts of a second, uv whole ones. */
/** How often uv is told to be quiet where pip is: with -qq pip still tells its errors, and uv with two of these does not. */
function quietness(often: number): number {
  return often < 3 ? Math.min(often, 1) : 2;
}

function seconds(setting: PipSetting): string {
  return String(Math.max(1, Math.ceil(Number(setting))));
}
