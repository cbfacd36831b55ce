import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The system's own, by path. */
export const pip = '/usr/bin/pip';
export const python = '/usr/bin/python3';

const top = join(import.meta.dirname, '../..');

/** A place of its own: the program as install.sh leaves it, a HOME, a project, and one small wheel to install. */
export function setStage() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'pip-detour-bench-')));
  const program = join(root, 'program');
  cpSync(join(top, 'dist'), program, { recursive: true, verbatimSymlinks: true });
  execFileSync(process.execPath, [join(top, 'scripts/code-cache.mjs'), program]);
  const wheels = join(root, 'wheels');
  mkdirSync(wheels);
  execFileSync(python, [join(top, 'src/python/make-wheel.py'), wheels, 'demo-lib', '1.0']);
  const home = join(root, 'home');
  const project = join(home, 'shop');
  mkdirSync(project, { recursive: true });
  const shims = join(program, 'shims');
  const env = {
    HOME: home,
    PATH: `${shims}:/usr/bin:/bin`,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    PIP_CONFIG_FILE: '/dev/null',
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: wheels,
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_ROOT_USER_ACTION: 'ignore',
  };
  return {
    root,
    program,
    shims,
    shim: join(shims, 'pip'),
    wheels,
    home,
    project,
    env,
    /** As in many companies: Node 18 and 20 read this whole bundle at every start. */
    certificates: { ...env, NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' },
    /** A directory made anew, empty. */
    fresh(directory) {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true });
      return directory;
    },
    /** Nothing is remembered any more. */
    forget: () => rmSync(join(home, '.local/state/pip-detour'), { recursive: true, force: true }),
    strike: () => rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}
