import { join, resolve } from 'node:path';
import { systemSites } from '../pip/pip-package.ts';
import { normalizeName } from '../pip/requirement.ts';
import { listing } from '../system/listing.ts';
import { textOf } from '../system/text-file.ts';
import type { Interpreter, PipCommand, Project, SystemModule } from '../types.ts';
import { findImport } from './imports.ts';

/** Modules that come with the distribution, and the names (PEP 503) under which an index has them, if it does. */
interface OfTheSystem {
  readonly modules: readonly string[];
  readonly projects?: readonly string[];
}

/**
 * Bindings to what the distribution itself is made of: its bus, its package manager, its desktop's libraries, a board's
 * pins. PyPI has none of these as a wheel for Linux (looked up in November 2026; picamera2's needs libcamera's bindings,
 * which it does not have): pip would have to build them, against headers that are seldom there.
 */
const table: readonly OfTheSystem[] = [
  { modules: ['gi', 'pygtkcompat'], projects: ['pygobject'] },
  { modules: ['dbus'], projects: ['dbus-python'] },
  { modules: ['cairo'], projects: ['pycairo'] },
  { modules: ['apt', 'apt_pkg', 'apt_inst', 'aptsources'], projects: ['python-apt'] },
  { modules: ['softwareproperties'] },
  { modules: ['cups'], projects: ['pycups'] },
  { modules: ['picamera2', 'libcamera'], projects: ['picamera2'] },
  { modules: ['RPi'], projects: ['rpi-gpio'] },
  { modules: ['dnf', 'libdnf', 'libdnf5', 'hawkey', 'rpm'] },
  { modules: ['portage'] },
  { modules: ['selinux', 'semanage', 'sepolicy'] },
  { modules: ['uno'] },
  { modules: ['pcbnew'] },
];

/** Where it is looked for. */
export interface SystemModulesAsked {
  readonly command: PipCommand;
  readonly interpreter: Interpreter;
  readonly cwd: string;
  /** Where things belong, and the project of that place, if it is one. */
  readonly place: string;
  readonly project: Project | undefined;
}

/**
 * The first module that is wanted here, that only the distribution can install, and that this Python has. What is wanted
 * follows from the command, the requirements and the imports of the sources. Files are read; nothing is run.
 */
export function lookForSystemModule(asked: SystemModulesAsked): SystemModule | undefined {
  const { command, interpreter, cwd, place, project } = asked;
  const there = systemSites(interpreter).flatMap(listing);
  const here = table.flatMap((row) => {
    const modules = row.modules.filter((name) => isImportable(name, there, interpreter));
    return modules[0] === undefined ? [] : [{ ...row, modules, module: modules[0] }];
  });
  if (here.length === 0) return undefined;
  for (const { module, projects = [] } of here) {
    const typed = command.requirements.find(({ name = '' }) => projects.includes(name));
    if (typed !== undefined) return { module, wantedBy: `${typed.text} is asked for` };
  }
  const listed = command.requirements
    .filter(({ kind }) => kind === 'file')
    .map(({ text }) => ({ name: text, path: resolve(cwd, text) }));
  const files = [...listed, ...(project?.python === true ? requirementsIn(project.root) : [])];
  for (const { name, path } of files) {
    const named = namesIn(textOf(path) ?? '');
    const found = here
      .flatMap(({ module, projects = [] }) => projects.map((project) => ({ module, project })))
      .find(({ project }) => named.has(project));
    if (found !== undefined) return { module: found.module, wantedBy: `${name} asks for ${found.project}` };
  }
  const modules = here.flatMap((row) => row.modules);
  const found = findImport({ root: place, modules, deep: project !== undefined });
  return found && { module: found.module, wantedBy: `${found.file} imports ${found.module}` };
}

function requirementsIn(root: string): { name: string; path: string }[] {
  return listing(root)
    .filter((name) => /^(requirements.*\.(txt|in)|pyproject\.toml)$/.test(name))
    .map((name) => ({ name, path: join(root, name) }));
}

/** Every word (PEP 503) that begins a line or a string: of a requirements file and of a pyproject.toml alike. */
function namesIn(text: string): Set<string> {
  const words = [...text.matchAll(/(?:^[ \t]*|["'][ \t]*)([A-Za-z0-9][A-Za-z0-9._-]*)/gm)];
  return new Set(words.map(([, word = '']) => normalizeName(word)));
}

/** Whether a module is among what `there` lists: as a package, a file, or an extension made for this Python. */
function isImportable(module: string, there: readonly string[], { version }: Interpreter): boolean {
  const tag = `.cpython-${version.replace('.', '')}`;
  return there.some((name) => {
    if (name === module || name === `${module}.py`) return true;
    const extension = name.startsWith(`${module}.`) && name.endsWith('.so');
    return extension && (name.includes(tag) || name.includes('.abi3.'));
  });
}
