import { join } from 'node:path';
import { requiredPython } from '../detours/shared/index-answers.ts';
import { consult } from '../detours/system-package/consult.ts';
import { lookForRequired } from '../detours/venv/making.ts';
import { installSettings } from '../pip/in-force.ts';
import { normalizeName } from '../pip/requirement.ts';
import { type PipStart, startOf } from '../pip/witness.ts';
import { schema } from '../settings/schema.ts';
import { plainText } from '../system/quote.ts';
import type { Environment } from '../system/variables.ts';
import type { IndexAnswer, IndexLook, PackageFacts, PipCommand, Situation } from '../types.ts';
import type { InvocationWithSettings } from './invocation.ts';

/** More names are not looked up. */
const most = 8;

/** How much longer we wait for index-look.py than it is told to take, in ms. */
const grace = 1_000;

/**
 * The pip whose index is asked about the names that were typed, while the person reads the question. Undefined where nobody
 * is asked, where a setting switches this off, and where the answer would change nothing.
 */
export function whoLooksItUp(
  call: InvocationWithSettings,
  { interpreter, pipVersion }: Situation,
): PipStart | undefined {
  const { command, environment, settings, nobody } = call;
  if (nobody !== undefined || !settings.value(schema.lookAtIndex)) return undefined;
  if (!isNamesAlone(command) || interpreter === undefined || pipVersion === undefined) return undefined;
  const set = installSettings(command, interpreter, pipVersion, environment);
  if (!('values' in set) || set.values.get('--no-index') === true) return undefined;
  return startOf(call.name, call.realPip, environment);
}

function isNamesAlone({ subcommand, requirements, unparsed, python }: PipCommand): boolean {
  return (
    subcommand === 'install' &&
    unparsed.length === 0 &&
    python === undefined &&
    requirements.length > 0 &&
    requirements.length <= most &&
    requirements.every(({ kind, editable }) => kind === 'name' && editable !== true)
  );
}

/** How the index is asked. */
export interface LookOptions {
  /** Where the command was typed: pip's settings may name files by it. */
  readonly cwd: string;
  /** In ms, for all names together. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Where index-look.py lies; beside this program unless said otherwise. */
  readonly library?: string;
}

/**
 * Asks the index as that pip would, with the arguments that pip was given (index-look.py). The result lacks the names about
 * which nothing was found out; if everything fails it is empty. Never rejects.
 */
export async function lookInIndex(
  { python, flags, variables }: PipStart,
  { argv }: PipCommand,
  { cwd, patience, signal, library = __dirname }: LookOptions,
): Promise<readonly IndexAnswer[]> {
  const said = await consult(
    python,
    [...flags, join(library, 'index-look.py'), `${patience / 1000}`, ...argv],
    {
      env: variables,
      patience: patience + grace,
      signal,
      cwd,
      tied: true,
    },
  );
  if ('failed' in said) return [];
  return said.output.split('\n').flatMap((line) => answerIn(line) ?? []);
}

/** What follows from the index's answer for the rest of a situation: which Python an environment is made with. */
export function whatFollows(
  index: IndexLook,
  situation: Situation,
  environment: Environment,
): Partial<Situation> {
  const requires = requiredPython({ ...situation, index });
  if (requires === undefined || situation.making !== undefined || situation.unmet !== undefined)
    return { index };
  const { interpreter: refused, place } = situation;
  const found = lookForRequired(requires, { refused, environment, place: place.directory });
  if (found === undefined) return { index };
  const [first] = index.answers.filter(({ kind }) => kind === 'python');
  return found === 'unmet'
    ? { index, unmet: { who: first?.name ?? '', requires } }
    : { index, making: found };
}

/** Reads one line of index-look.py; undefined where it is none. The package's author wrote parts of it: none is trusted. */
export function answerIn(line: string): IndexAnswer | undefined {
  const said = objectIn(line);
  const name = normalizeName(text(said['name'], 100));
  const version = text(said['version'], 60);
  if (!/^[a-z0-9-]+$/.test(name)) return undefined;
  if (said['kind'] === 'absent') return { kind: 'absent', name };
  if (!/^[\w.+!-]+$/.test(version)) return undefined;
  if (said['kind'] === 'version') return { kind: 'version', name, version };
  const requires = text(said['requires'], 80);
  const facts = factsIn(said);
  const about = facts === undefined ? {} : { package: facts };
  if (said['kind'] === 'python')
    return /^[\d\s<>=!~.,*]+$/.test(requires)
      ? { kind: 'python', name, version, requires, ...about }
      : undefined;
  if (said['kind'] !== 'found') return undefined;
  const newest = text(said['newest'], 60);
  return {
    kind: 'found',
    name,
    version,
    ...(/^[\w.+!-]+$/.test(newest) ? { newest } : {}),
    ...about,
  };
}

function factsIn(said: Readonly<Record<string, unknown>>): PackageFacts | undefined {
  if (typeof said['summary'] !== 'string') return undefined;
  const { commands, offers } = said;
  return {
    summary: text(said['summary'], 120),
    opening: text(said['opening'], 300),
    pages: texts(said['pages'], 300),
    classifiers: texts(said['classifiers'], 100),
    extras: texts(said['extras'], 50),
    says: texts(said['says'], 20),
    groups: texts(said['groups'], 60),
    compiled: said['compiled'] === true,
    typed: said['typed'] === true,
    dependencies: texts(said['dependencies'], 60),
    ...(typeof offers === 'number' ? { offers } : {}),
    // A command is a file's name: what cannot be typed as one word is none to be told.
    ...(Array.isArray(commands)
      ? { commands: texts(commands, 60).filter((command) => /^[\w.+-]+$/.test(command)) }
      : {}),
  };
}

function text(value: unknown, longest: number): string {
  return typeof value === 'string' ? plainText(value, longest) : '';
}

function texts(value: unknown, longest: number): string[] {
  return Array.isArray(value) ? value.slice(0, 100).map((one) => text(one, longest)) : [];
}

function objectIn(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
