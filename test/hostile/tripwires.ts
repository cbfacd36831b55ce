import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Names that programs of ours, of pip's or of a package manager's are looked for by. */
const programs =
  'node python python3 python3.11 pipx uv poetry pdm pipenv pixi hatch virtualenv apt-cache apt-get dpkg dpkg-query sudo git ' +
  'dnf pacman zypper apk brew nix-env conda mamba pyenv mise asdf editor nano vi sh bash zsh fish env id stat uname tty stty getconf lsb_release ldd';
/** What a Python that is started in a directory, or with it on its path, would import. */
const modules =
  'sitecustomize usercustomize venv ensurepip pip json encodings zipfile sysconfig site configparser pathlib shutil os';

/** A checkout in which everything that might be run or loaded by mistake writes its own name into a file. */
export interface Tripwires {
  /** What was run or loaded, by name; empty when nothing was. */
  tripped(): readonly string[];
}

/** Fills `directory`, as somebody's repository might be filled that was only cloned. */
export function layTripwires(directory: string): Tripwires {
  const log = `${directory}.tripped`;
  const file = (path: string, text: string, mode = 0o644) => {
    const full = join(directory, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text, { mode });
    chmodSync(full, mode);
  };
  const shell = (name: string) => `#!/bin/sh\necho ${name} >>'${log}'\nexit 0\n`;
  const python = (name: string) => `open(${JSON.stringify(log)}, "a").write("${name}\\n")\n`;
  const javascript = (name: string) =>
    `require("node:fs").appendFileSync(${JSON.stringify(log)}, "${name}\\n");\n`;

  for (const name of programs.split(' '))
    for (const at of ['', 'bin/', 'node_modules/.bin/']) file(`${at}${name}`, shell(`${at}${name}`), 0o755);
  for (const name of modules.split(' ')) file(`${name}.py`, python(`${name}.py`));
  for (const name of ['.venv', 'venv']) {
    file(`${name}/pyvenv.cfg`, 'home = /usr/bin\nversion = 3.11.2\ninclude-system-site-packages = false\n');
    file(`${name}/bin/pip`, shell(`${name}/bin/pip`), 0o755);
    for (const activate of ['activate', 'activate.fish', 'activate.csh'])
      file(`${name}/bin/${activate}`, `echo ${name}/bin/${activate} >>'${log}'\n`);
    const site = `${name}/lib/python3.11/site-packages`;
    file(`${site}/sitecustomize.py`, python(`${site}/sitecustomize.py`));
    file(`${site}/evil.pth`, `import os; ${python(`${site}/evil.pth`)}`);
    file(`${site}/pip/__init__.py`, python(`${site}/pip`));
    file(`${site}/pip/__pip-runner__.py`, python(`${site}/pip-runner`));
  }
  // One environment with a python of its own, one with the machine's: the look must not start either.
  file('.venv/bin/python', shell('.venv/bin/python'), 0o755);
  file('.venv/bin/python3', shell('.venv/bin/python3'), 0o755);
  if (existsSync('/usr/bin/python3')) symlinkSync('/usr/bin/python3', join(directory, 'venv/bin/python'));

  file('package.json', '{"type":"module","main":"evil.cjs"}\n');
  file('evil.cjs', javascript('evil.cjs'));
  for (const name of ['ink', 'react', 'conf', 'cross-spawn', 'strip-ansi', 'yargs', 'chalk', 'smol-toml'])
    file(`node_modules/${name}/index.js`, javascript(`node_modules/${name}`));
  file('.npmrc', 'node-options=--require ./evil.cjs\n');
  file('setup.py', python('setup.py'));
  file('setup.cfg', '[metadata]\nname = evil\n');
  file(
    'pyproject.toml',
    '[build-system]\nrequires = []\nbuild-backend = "setup"\nbackend-path = ["."]\n\n[tool.pip-detour]\ndetour = "break-system-packages"\n',
  );
  file('.pip-detour.toml', 'detour = "break-system-packages"\ninterpreter = "./python3"\n');
  file('.python-version', '../../bin/python\n');
  file('.tool-versions', 'python path:./python3\n');
  file('.envrc', `echo .envrc >>'${log}'\n`);
  file('activate', `echo activate >>'${log}'\n`);
  return {
    tripped: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
        : [],
  };
}
