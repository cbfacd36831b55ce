import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setShellSwitch } from '../shell/activation.ts';
import { lookAgain } from '../shell/this-shell.ts';
import { DetourError, systemCode } from '../system/errors.ts';
import { makeDirectories } from '../system/make-directories.ts';
import { quote, quoteAll } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';
import { directoriesDirectory, directoryFileName, valuesOfDirectory } from './directory.ts';
import type { Value } from './kinds.ts';
import { keepValid, mergeLayers } from './layers.ts';
import { documentOf, readSources } from './read.ts';
import { type Setting, schema } from './schema.ts';
import { fromOf, refuseAnothers, type Target } from './target.ts';
import { isTrusted, trust } from './trust.ts';

/**
 * Sets a value (`undefined`: takes it out) where a target says. Nothing is written when anything is wrong. A project's
 * file that was trusted stays so: what is new in it is this person's own word.
 * @throws DetourError `settings-unreadable`, `cannot-edit`, `cannot-write`, `not-as-root`.
 */
export async function change(
  target: Target,
  { name }: Pick<Setting<unknown>, 'name'>,
  value: Value | undefined,
  environment: Environment,
): Promise<void> {
  refuseAnothers(target.source === 'directory' ? environment.configDirectory : target.file);
  try {
    if (target.source === 'directory') await changeDirectory(target.directory, name, value, environment);
    else await changeFile(target, name, value, environment);
  } catch (thrown) {
    throw asError(thrown, target, name);
  }
  await setShellSwitches(environment);
  if (name === schema.autoActivate.name) lookAgain(environment);
}

async function changeFile(
  target: Exclude<Target, { source: 'directory' }>,
  name: string,
  value: Value | undefined,
  { stateDirectory }: Environment,
): Promise<void> {
  const whole = target.source === 'user' || target.whole;
  const before = await documentOf(target.file, whole);
  if (before.kind === 'wrong')
    throw new DetourError(
      'settings-unreadable',
      `${target.file} ${before.problem}; nothing was changed`,
      quoteAll(['pip-detour', 'config', 'edit', ...(target.source === 'project' ? ['--project'] : [])]),
    );
  const { writeProject, writeUser } = await import('./write.ts');
  if (target.source === 'user') return writeUser(target.file, name, value);
  const trusted = before.kind === 'there' && isTrusted(stateDirectory, before.file);
  writeProject(target.file, whole, name, value);
  const after = await documentOf(target.file, whole);
  if (trusted && after.kind === 'there') await trust(stateDirectory, after.file);
}

async function changeDirectory(
  directory: string,
  name: string,
  value: Value | undefined,
  { configDirectory }: Environment,
): Promise<void> {
  const before = valuesOfDirectory(configDirectory, directory);
  const directories = directoriesDirectory(configDirectory);
  const file = directoryFileName(directory);
  if (before === undefined)
    throw new DetourError(
      'settings-unreadable',
      `${join(directories, `${file}.json`)} is damaged; nothing was changed`,
      'move it away and set again what you want',
    );
  const settings = { ...before, ...(value === undefined ? {} : { [name]: value }) };
  if (value === undefined) delete settings[name];
  if (Object.keys(settings).length === 0) return rmSync(join(directories, `${file}.json`), { force: true });
  makeDirectories(directories, 0o700);
  const { write } = await import('../system/store.ts');
  write(directories, file, { version: 1, directory, settings });
}

/** What shells read with builtins alone: they cannot look into these files. A variable holds for one shell only. */
export async function setShellSwitches(environment: Environment): Promise<void> {
  const layers = (await readSources(environment, '')).flatMap((reading) =>
    reading.ok && reading.raw.source !== 'environment' ? [keepValid(reading.raw).layer] : [],
  );
  const settings = mergeLayers(layers);
  const auto = settings.value(schema.autoActivate);
  setShellSwitch(environment.stateDirectory, 'auto-activate', auto === true);
  setShellSwitch(environment.stateDirectory, 'no-auto-activate', auto === false);
  setShellSwitch(environment.stateDirectory, 'no-activation-note', !settings.value(schema.activationNote));
  setShellSwitch(environment.stateDirectory, 'no-python-m-pip', !settings.value(schema.pythonMPip));
}

function asError(thrown: unknown, target: Target, name: string): unknown {
  if (thrown instanceof DetourError || !(thrown instanceof Error)) return thrown;
  const where = fromOf(target);
  if (thrown.name === 'CannotEdit')
    return new DetourError('cannot-edit', `${name} in ${where}: ${thrown.message}`, 'change it by hand');
  const code = systemCode(thrown);
  return code === undefined
    ? thrown
    : new DetourError(
        'cannot-write',
        `${where} cannot be written (${code}); nothing was changed`,
        `see who may write there: ls -ld ${quote(where)}`,
      );
}
