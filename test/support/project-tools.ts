import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { python, top } from './machine.ts';

/** What is asked of PyPI for each tool; PDM's own pins, as its newest has been at odds with what it stands on. */
const specs = {
  uv: ['uv'],
  poetry: ['poetry'],
  pdm: ['pdm[locked]'],
  pipenv: ['pipenv'],
  hatch: ['hatch'],
  tox: ['tox'],
  nox: ['nox'],
  'pre-commit': ['pre-commit'],
  cookiecutter: ['cookiecutter'],
  ansible: ['ansible-core'],
  'jupyter-nbconvert': ['nbconvert', 'ipykernel'],
} as const;

/** The names of the tools' commands. */
export type PypiTool = keyof typeof specs;

/** A tool from PyPI, in an environment of its own that is made once and kept beside the build; returns its directory of commands. */
export function toolFromPypi(tool: PypiTool): string {
  const place = join(top, '.build/test-tools', tool);
  if (existsSync(join(place, 'bin', tool))) return linked(place, tool);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, '..'), { recursive: true });
  execFileSync(python, ['-m', 'venv', place], { stdio: 'pipe' });
  execFileSync(join(place, 'bin/python'), ['-m', 'pip', 'install', '-q', ...specs[tool]], { stdio: 'pipe' });
  return linked(place, tool);
}

/** The same for a program from npm, with the programs it stands on beside it. */
export function toolFromNpm(tool: string): string {
  const place = join(top, '.build/test-tools', tool);
  const commands = join(place, 'node_modules/.bin');
  if (!existsSync(join(commands, tool))) {
    mkdirSync(place, { recursive: true });
    execFileSync('npm', ['install', '--silent', '--no-audit', '--prefix', place, tool], { stdio: 'pipe' });
  }
  return commands;
}

/** A directory that holds this one command: the environment's own has a python and a pip, too. */
function linked(place: string, tool: string): string {
  const commands = join(place, 'commands');
  mkdirSync(commands, { recursive: true });
  const link = join(commands, tool);
  const making = `${link}.${process.pid}`;
  symlinkSync(join('../bin', tool), making);
  renameSync(making, link);
  return commands;
}

/** A simple index (PEP 503) of wheels: one directory for each project. */
export function simpleIndex(directory: string, wheels: string): string {
  for (const wheel of readdirSync(wheels)) {
    const place = join(directory, 'simple', wheel.split('-')[0]?.replaceAll('_', '-') ?? '');
    mkdirSync(place, { recursive: true });
    symlinkSync(join(wheels, wheel), join(place, wheel));
  }
  return directory;
}

/** Serves a directory on this machine alone; the address, and what ends it. */
export async function served(directory: string): Promise<{ url: string; end(): void }> {
  const server = spawn(python, ['-u', '-m', 'http.server', '0', '--bind', '127.0.0.1'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const port = /port (\d+)/.exec(line)?.[1];
    if (port !== undefined) return { url: `http://127.0.0.1:${port}/simple/`, end: () => void server.kill() };
  }
  throw new Error('the index did not start');
}
