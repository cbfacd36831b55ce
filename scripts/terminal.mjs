// A person's terminal, for the pictures in docs/: a bash that has read our hook, on a real pty, in ~/work/shop, with the
// system's pip, and a package made for it, so that no network is needed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

/** The repository. */
export const top = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Starts it, with the program built in a directory; `end` takes everything away. */
export function openTerminal({ program, columns, rows }) {
  const root = mkdtempSync(join(tmpdir(), 'pip-detour-recording-'));
  const project = join(root, 'work/shop');
  mkdirSync(join(project, 'wheels'), { recursive: true });
  writeFileSync(join(project, 'pyproject.toml'), '');
  const wheel = [join(top, 'src/python/make-wheel.py'), join(project, 'wheels'), 'demo-package', '1.0'];
  const made = spawnSync('/usr/bin/python3', wheel);
  if (made.status !== 0) throw new Error(`no wheel could be made: ${made.stderr}`);
  const rc = join(root, 'rc');
  writeFileSync(rc, `PS1='\\[\\e[2m\\]\\w $\\[\\e[0m\\] '\n. ${join(program, 'hook.bash')}\n`);

  const vt = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const pty = spawn('/bin/bash', ['--noprofile', '--rcfile', rc, '-i'], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: project,
    env: {
      HOME: root,
      PATH: `${join(root, '.local/bin')}:/usr/bin:/bin`,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      SHELL: '/bin/bash',
      PIP_CONFIG_FILE: '/dev/null',
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: 'wheels',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_ROOT_USER_ACTION: 'ignore',
    },
  });
  const listeners = new Set();
  pty.onData((data) =>
    vt.write(data, () => {
      for (const listener of listeners) listener();
    }),
  );
  const line = (row) => vt.buffer.active.getLine(row);
  const lines = () => Array.from({ length: rows }, (_, row) => line(row)?.translateToString(true) ?? '');
  const text = () => lines().join('\n').trimEnd();

  /** Resolves once the screen is as wanted. */
  const until = (wanted) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`waited for ${wanted}:\n${text()}`)), 60_000);
      const look = () => {
        if (!wanted.test(text())) return;
        clearTimeout(timer);
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  const end = () => {
    pty.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  };
  return { write: (typed) => pty.write(typed), line, lines, until, end };
}

/** The question with everything in it: the system's packages are looked up while it is on the screen. */
export const asked = /^(?!.*looking …).*esc leave/s;
