import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python as systemPython, top } from './machine.ts';
import { pyenvVersions } from './pyenv.ts';

/** A pip that can be asked: where its package lies and a Python that runs it. */
export interface KnownPip {
  readonly version: string;
  readonly python: string;
  /** The directory that holds the `pip` package. */
  readonly site: string;
}

function versionIn(site: string): string | undefined {
  const file = join(site, 'pip/__init__.py');
  return existsSync(file) ? /^__version__ = "(.+)"/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
}

function directories(path: string): string[] {
  return existsSync(path) ? readdirSync(path).sort() : [];
}

function isReadable(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 3);
}

/** The pips on this machine that need no network: the system's and pyenv's, one of each version. */
export function pipsHere(): KnownPip[] {
  const found: KnownPip[] = [];
  const add = (python: string, site: string) => {
    const version = versionIn(site);
    const known = found.some((pip) => pip.version === version);
    if (version !== undefined && isReadable(version) && existsSync(python) && !known)
      found.push({ version, python, site });
  };
  add(systemPython, '/usr/lib/python3/dist-packages');
  for (const name of directories(pyenvVersions))
    for (const library of directories(join(pyenvVersions, name, 'lib')))
      add(
        join(pyenvVersions, name, 'bin/python'),
        join(pyenvVersions, name, 'lib', library, 'site-packages'),
      );
  return found;
}

/** The pips `npm run oracle` has downloaded: `PIP_DETOUR_ORACLE_PIPS/<version>/pip`, run by the system's Python. */
export function pipsDownloaded(): KnownPip[] {
  const place = process.env['PIP_DETOUR_ORACLE_PIPS'];
  if (place === undefined) return [];
  return directories(place).flatMap((name) => {
    const version = versionIn(join(place, name));
    return version === undefined ? [] : [{ version, python: systemPython, site: join(place, name) }];
  });
}

/** A helper script that answers each JSON line with a JSON line; `ask` keeps questions and answers in step. */
export interface Helper<Question, Answer> {
  /** What it says of its own accord, once it has started. */
  readonly hello: Promise<Answer>;
  ask(question: Question): Promise<Answer>;
  close(): void;
}

/** Starts one of `test/support/*.py` under a pip's Python, with nothing of this machine's environment. */
export function startHelper<Question, Answer>(
  script: string,
  pip: KnownPip,
  cwd: string,
  isAnswer: (value: unknown) => value is Answer,
): Helper<Question, Answer> {
  const child = spawn(pip.python, ['-I', join(top, 'test/support', script), pip.site], {
    cwd,
    env: { HOME: cwd, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | undefined;
  child.on('exit', (code) => {
    ended = new Error(`${script} ended with ${code}`);
    for (const { reject } of waiting.splice(0)) reject(ended);
  });
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    const value: unknown = JSON.parse(line);
    const next = waiting.shift();
    if (isAnswer(value)) next?.resolve(value);
    else next?.reject(new Error(`not an answer: ${line}`));
  });
  const next = () => new Promise<Answer>((resolve, reject) => waiting.push({ resolve, reject }));
  return {
    hello: next(),
    ask(question) {
      if (ended !== undefined) return Promise.reject(ended);
      const answer = next();
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return answer;
    },
    close: () => child.stdin.end(),
  };
}

/** Runs a helper once over a list of questions; every line it prints is an answer. */
export function askAll(script: string, pip: KnownPip, cwd: string, questions: readonly unknown[]): unknown[] {
  const printed = execFileSync(pip.python, ['-I', join(top, 'test/support', script), pip.site], {
    cwd,
    env: { HOME: cwd, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    input: questions.map((question) => `${JSON.stringify(question)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}
