import { spelled } from '../../pip/command-line.ts';
import type { PipCommand, PipOption, Requirement } from '../../types.ts';
import { notUnderstood } from '../shared/not-understood.ts';

/**
 * What becomes of each option of `pip install` and `pip uninstall` on the way to pipx:
 * `pip` goes on to the pip that pipx runs, `place` too and names a file; `index` pipx has itself; `upgrade` and `again`
 * decide what is done with an application that is there already; `needless` goes without saying; words after `drop:` are
 * the reason told for leaving it out, words after `no:` the reason why this line cannot go to pipx at all.
 */
export type Fate =
  | 'pip'
  | 'place'
  | 'index'
  | 'upgrade'
  | 'again'
  | 'needless'
  | `drop: ${string}`
  | `no: ${string}`;

const ownEnvironment = 'drop: pipx gives every application an environment of its own';
const elsewhere = 'no: pipx itself decides where an application goes';
const otherMachine = 'no: pipx installs for this machine and its Python only';
const otherPython = 'another Python was named, and pipx chooses its own';
const unreported = 'no: pipx cannot write a report';
const oneByOne = 'no: pipx installs applications one by one, not from a list';

/** By canonical long name; what is missing here declines. test/detours/pipx/pipx.test.ts holds it to pip's options. */
export const fates: Readonly<Record<string, Fate>> = {
  '--index-url': 'index',
  '--extra-index-url': 'pip',
  '--no-index': 'pip',
  '--find-links': 'place',
  '--trusted-host': 'pip',
  '--proxy': 'pip',
  '--no-proxy-env': 'pip',
  '--cert': 'place',
  '--client-cert': 'place',
  '--keyring-provider': 'pip',
  '--timeout': 'pip',
  '--retries': 'pip',
  '--resume-retries': 'pip',
  '--cache-dir': 'place',
  '--no-cache-dir': 'pip',
  '--refresh-package': 'pip',
  '--constraint': 'place',
  '--build-constraint': 'place',
  '--pre': 'pip',
  '--all-releases': 'pip',
  '--only-final': 'pip',
  '--uploaded-prior-to': 'pip',
  '--no-binary': 'pip',
  '--only-binary': 'pip',
  '--prefer-binary': 'pip',
  '--ignore-requires-python': 'pip',
  '--require-hashes': 'pip',
  '--no-require-hashes': 'pip',
  '--no-build-isolation': 'pip',
  '--use-pep517': 'pip',
  '--no-use-pep517': 'pip',
  '--check-build-dependencies': 'pip',
  '--config-settings': 'pip',
  '--global-option': 'pip',
  '--install-option': 'pip',
  '--compile': 'pip',
  '--no-compile': 'pip',
  '--no-clean': 'pip',
  '--src': 'place',
  '--exists-action': 'pip',
  '--isolated': 'pip',
  '--no-input': 'pip',
  '--debug': 'pip',
  '--log': 'place',
  '--use-feature': 'pip',
  '--use-deprecated': 'pip',

  '--upgrade': 'upgrade',
  '--upgrade-strategy': 'upgrade',
  '--force-reinstall': 'again',
  '--ignore-installed': 'again',

  '--user': ownEnvironment,
  '--break-system-packages': 'drop: nothing of the system is touched',
  '--no-user': 'needless',
  '--root-user-action': 'needless',
  '--require-virtualenv': 'needless',
  '--quiet': 'needless',
  '--verbose': 'needless',
  '--no-color': 'needless',
  '--progress-bar': 'needless',
  '--no-warn-script-location': 'needless',
  '--no-warn-conflicts': 'needless',
  '--disable-pip-version-check': 'needless',
  '--no-python-version-warning': 'needless',
  '--version': 'needless',
  '--yes': 'needless',
  // Both are among the requirements as well, where they are judged.
  '--editable': 'needless',
  '--requirement': oneByOne,

  '--group': oneByOne,
  '--requirements-from-script': oneByOne,
  '--no-deps': 'no: an application does not run without its dependencies',
  '--only-deps': 'no: pipx installs applications, not only their dependencies',
  // Nothing is run then: the commands are told (flow/dry-run.ts).
  '--dry-run': 'needless',
  '--report': unreported,
  '--target': elsewhere,
  '--prefix': elsewhere,
  '--root': elsewhere,
  '--python': `no: ${otherPython}`,
  '--platform': otherMachine,
  '--python-version': otherMachine,
  '--implementation': otherMachine,
  '--abi': otherMachine,
  '--help': 'no: nothing would be installed',
};

/** What becomes of one option; pipx cannot take what is not in the table. */
export function fateOf(option: PipOption): Fate {
  return fates[option.name] ?? 'no: pipx does not have this option';
}

/** Why no pipx can do what this command line says, as the person is told; undefined where it can. */
export function declined(command: PipCommand): string | undefined {
  const { subcommand, requirements, options } = command;
  if (subcommand !== 'install' && subcommand !== 'uninstall')
    return 'pipx installs and uninstalls applications only';
  if (command.python !== undefined) return `--python: ${otherPython}`;
  const unclear = notUnderstood(command);
  if (unclear !== undefined) return unclear;
  for (const option of options) {
    const fate = fateOf(option);
    if (fate.startsWith('no: ')) return `${spelled(command, option)}: ${fate.slice(4)}`;
  }
  if (requirements.length === 0) return 'no package was named';
  for (const requirement of requirements) {
    const reason = subcommand === 'install' ? notInstallable(requirement) : notNamed(requirement);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function notInstallable(requirement: Requirement): string | undefined {
  const { kind, text, name, editable } = requirement;
  if (kind === 'file') return oneByOne.slice(4);
  // Behind `--` pip takes it for a (bad) requirement; pipx must never take it for an option.
  if (text.startsWith('-')) return `${text} is not a package`;
  if (editable === true && kind !== 'path')
    return `-e ${text}: pipx can only edit what lies in a directory here`;
  if (requirement.marker !== undefined) return `${text}: pipx ignores conditions after a semicolon`;
  // Its command would stand before the real pip, and before ours, on PATH.
  if (name === 'pip') return 'pip is part of a Python, and no application';
  return undefined;
}

function notNamed(requirement: Requirement): string | undefined {
  const named =
    requirement.kind === 'name' && requirement.name !== undefined && !requirement.text.startsWith('-');
  return named ? undefined : `${requirement.text}: pipx uninstalls by name`;
}

/** What was left out, each with its reason, once. */
export function droppedOptions(command: PipCommand): string[] {
  const dropped = command.options.flatMap((option) => {
    const fate = fateOf(option);
    return fate.startsWith('drop: ') ? [`${spelled(command, option)} (${fate.slice(6)})`] : [];
  });
  return [...new Set(dropped)];
}
