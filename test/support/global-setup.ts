import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeAptConfiguration } from './apt.ts';
import { dist, python, top } from './machine.ts';
import { makeSharedLibraries } from './pipx.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    wheels: string;
    shared: string;
    apt: string;
  }
}

/**
 * A directory for temporary ones, as open to all as `/tmp`, and in memory where there is room. Most tests make an
 * environment and remove it, a thousand files. Where an ext4 has no journal, as in many virtual machines, each new file is
 * looked a place for among all that were removed within the last minutes (fs/ext4/ialloc.c, recently_deleted).
 */
function makeTemporaryPlace(): string {
  const memory = '/dev/shm';
  const inMemory = process.env['TMPDIR'] === undefined && isRoomy(memory);
  if (inMemory) removeLeft(memory);
  const place = mkdtempSync(join(inMemory ? memory : tmpdir(), 'pd-'));
  chmodSync(place, 0o1777);
  writeFileSync(join(place, owner), String(process.pid));
  // On ext4 each sandbox begins elsewhere on the disk then (chattr(1)); other file systems have no such mark.
  if (!inMemory) spawnSync('chattr', ['+T', place], { stdio: 'ignore' });
  return place;
}

/** In such a directory: the process whose run it is. */
const owner = '.owner';

/** What runs that were killed have left there would keep its memory. */
function removeLeft(memory: string): void {
  for (const name of readdirSync(memory).filter((each) => each.startsWith('pd-'))) {
    const place = join(memory, name);
    const file = join(place, owner);
    if (!existsSync(file) || statSync(file).uid !== process.getuid?.()) continue;
    if (!existsSync(join('/proc', readFileSync(file, 'utf8'))))
      rmSync(place, { recursive: true, force: true });
  }
}

/** In memory, with more room than all workers' sandboxes take together, and programs may lie there: containers forbid that. */
function isRoomy(directory: string): boolean {
  if (!existsSync(directory)) return false;
  const { type, bsize, bavail } = statfsSync(directory);
  const ofMemory = 0x01021994; // statfs(2)
  return (
    type === ofMemory &&
    Math.min(bsize * bavail, freemem()) > 6e9 &&
    !/^\S+ \/dev\/shm \S+ \S*noexec/m.test(readFileSync('/proc/mounts', 'utf8'))
  );
}

/** Builds the program once and the wheels the tests install; `shared` is for what is slow to make twice. */
export default function setup(project: TestProject): () => void {
  execFileSync(process.execPath, [join(top, 'scripts/build.mjs')], { stdio: 'inherit' });
  // As an installed one has it: of a question's half second it saves a tenth.
  execFileSync(process.execPath, [join(top, 'scripts/code-cache.mjs'), dist], { stdio: 'inherit' });
  const temporary = makeTemporaryPlace();
  process.env['TMPDIR'] = temporary;
  const shared = mkdtempSync(join(tmpdir(), 'pip-detour-tests-'));
  const wheels = join(shared, 'wheels');
  execFileSync('mkdir', [wheels]);
  for (const args of [
    ['demo-lib', '1.0'],
    ['demo-lib', '2.0'],
    ['demo-other', '1.0'],
    ['demo-app', '1.0', 'demo-app'],
    ['demo-app', '2.0', 'demo-app'],
    ['demo-clash', '1.0', 'demo-app'],
    ['demo-needs', '1.0', '-', 'demo-lib'],
  ])
    execFileSync(python, [join(top, 'src/python/make-wheel.py'), wheels, ...args]);
  makeSharedLibraries(join(shared, 'pipx-shared'));
  project.provide('wheels', wheels);
  project.provide('shared', shared);
  // Apart from what only we may look at.
  const apt = mkdtempSync(join(tmpdir(), 'pip-detour-tests-apt-'));
  project.provide('apt', makeAptConfiguration(apt));
  return () => {
    if (process.env['KEEP_SANDBOX'] === undefined) rmSync(temporary, { recursive: true, force: true });
    // All files share the built program: what sets it up needs a copy (test/install/support.ts).
    if (existsSync(join(dist, 'manifest.json'))) throw new Error('a test has set up dist itself');
  };
}
