import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRelease, type Release } from '../release/support.ts';
import { keys } from '../support/terminal.ts';
import { type Machine, machine, systemsIn } from './machine.ts';

/**
 * Every way of getting a release, on clean systems with Python and pip and nothing else (`scripts/platforms.sh plain`), as
 * an ordinary user: from what was given out to a refused `pip install` that is asked about, and back without a trace. What
 * each costs is printed. It needs PyPI for the Node, and the system's registry for the .deb.
 */
const place = join(process.env['PIP_DETOUR_PLATFORMS'] ?? '', 'plain');
const systems = process.env['PIP_DETOUR_PLATFORMS'] === undefined ? [] : systemsIn(place);

let made: Release;
let older: Release;
beforeAll(async () => {
  if (systems.length === 0) return;
  made = await makeRelease();
  older = await makeRelease('0.1.9');
});
afterAll(() => {
  made?.end();
  older?.end();
});

/** A clean system with the release's files in /opt/release, and those of the one before it in /opt/older. */
const clean = (system: string) =>
  machine({
    system: join(place, system),
    prepare: `cp -r ${made.directory} $root/opt/release; cp -r ${older.directory} $root/opt/older`,
  });

/** Runs a line that has to succeed. */
function done(ran: { code: number | null; output: string }): string {
  expect(ran.code, ran.output).toBe(0);
  return ran.output;
}

/** With the registry of Python packages, which the person's variables hide for the installs that are asked about. */
const online = 'unset PIP_NO_INDEX PIP_FIND_LINKS;';
/** Packages of the system, as root. */
const apt = (packages: string) =>
  `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${packages} >/dev/null`;
/** uv, from the registry of Python packages into /opt/uv, and the certificates of these machines for it. */
const getUv = 'python3 -m pip install --quiet --root-user-action ignore --target /opt/uv uv';
const uv = 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt UV_PYTHON_DOWNLOADS=never /opt/uv/bin/uv';
const npm = 'npm_config_prefix=~/.local npm --no-update-notifier --offline';

/** Megabytes on the disk and packages of the system. */
function weight({ root }: Machine) {
  const [disk, packages] = [
    `find / -xdev -path /opt -prune -o -path /var/cache/apt -prune -o -path /var/lib/apt -prune -o -type f -printf '%b\\n' | awk '{ n += $1 } END { print n / 2048 }'`,
    "dpkg -l | grep -c '^ii'",
  ].map((line) => Number(root(line).output));
  return { disk: disk ?? 0, packages: packages ?? 0 };
}

/** What the way of today costs on such a system: the hint's packages, for a build from a clone. */
const today = 'apt-get update -qq && apt-get install -y -qq git nodejs npm >/dev/null';

interface Way {
  /** As root, before: what the way takes for granted. */
  readonly given?: string;
  readonly root?: string;
  readonly person: string;
  /** Afterwards, for the program to go. */
  readonly remove?: string;
  /** Shells besides bash that have it in a new terminal. */
  readonly shells?: readonly ('zsh' | 'fish')[];
}
const ways: Readonly<Record<string, Way>> = {
  'get.sh': { person: `${online} sh /opt/release/get.sh --with-node` },
  archive: {
    person: `${online} tar -xf /opt/release/*.tar.gz && ./pip-detour-*/install.sh --with-node; rm -r pip-detour-*`,
  },
  'pipx install': {
    given: apt('pipx'),
    person: `${online} pipx install /opt/release/*.whl && .local/bin/pip-detour setup`,
    remove: '.local/bin/pip-detour uninstall; pipx uninstall pip-detour',
  },
  'uv tool install': {
    given: getUv,
    person: `${online} ${uv} tool install --quiet /opt/release/*.whl && .local/bin/pip-detour setup`,
    remove: `.local/bin/pip-detour uninstall; ${uv} tool uninstall --quiet pip-detour`,
  },
  'npm install --global': {
    given: apt('npm'),
    person: `${npm} install --global --no-audit --no-fund /opt/release/*.tgz && .local/bin/pip-detour setup`,
    remove: `.local/bin/pip-detour uninstall; ${npm} uninstall --global pip-detour`,
  },
  '.deb': {
    root: 'apt-get update -qq && apt-get install -y -qq /opt/release/*.deb >/dev/null',
    person: 'pip-detour setup',
  },
  '.deb, without what it recommends': {
    root: 'apt-get update -qq && apt-get install -y -qq --no-install-recommends /opt/release/*.deb >/dev/null',
    person: `${online} pip-detour setup --with-node`,
  },
  '.deb, for all users': {
    given: apt('zsh fish'),
    shells: ['zsh', 'fish'],
    root: 'apt-get update -qq && apt-get install -y -qq /opt/release/*.deb >/dev/null && pip-detour setup --all-users',
    person: 'true',
    remove: 'true',
  },
};

/** An older version, the newer one over it, and what takes it away, each by the tool that installs it. */
interface Upgrade {
  readonly given?: string;
  readonly by: 'root' | 'run';
  readonly install: string;
  readonly upgrade: string;
  readonly remove: string;
}
const upgrades: Readonly<Record<string, Upgrade>> = {
  pipx: {
    given: apt('pipx'),
    by: 'run',
    install: 'unset PIP_NO_INDEX; PIP_FIND_LINKS=/opt/older pipx install pip-detour',
    upgrade: 'unset PIP_NO_INDEX; PIP_FIND_LINKS=/opt/release pipx upgrade pip-detour',
    remove: 'pipx uninstall pip-detour',
  },
  uv: {
    given: getUv,
    by: 'run',
    install: `UV_FIND_LINKS=/opt/older ${uv} tool install --quiet pip-detour`,
    upgrade: `UV_FIND_LINKS=/opt/release ${uv} tool upgrade --quiet pip-detour`,
    remove: `${uv} tool uninstall --quiet pip-detour`,
  },
  npm: {
    given: apt('npm'),
    by: 'run',
    install: `${npm} install --global --no-audit --no-fund /opt/older/*.tgz`,
    upgrade: `${npm} install --global --no-audit --no-fund /opt/release/*.tgz`,
    remove: `${npm} uninstall --global pip-detour`,
  },
  apt: {
    by: 'root',
    install: apt('nodejs /opt/older/*.deb'),
    upgrade: 'apt-get install -y -qq --no-install-recommends /opt/release/*.deb >/dev/null',
    remove: 'apt-get remove -y -qq pip-detour >/dev/null',
  },
  'install.sh': {
    given: apt('nodejs'),
    by: 'run',
    install: 'tar -xf /opt/older/*.tar.gz && ./pip-detour-*/install.sh && rm -r pip-detour-*',
    upgrade: 'sh /opt/release/get.sh',
    remove: '.local/share/pip-detour/shims/pip-detour uninstall',
  },
};
/** As a new terminal has it, before anything of ours is on PATH. */
const path = 'PATH=~/.local/bin:~/.local/share/pip-detour/shims:$PATH';

/** A refused install is asked about, and Enter installs. */
async function isAsked(there: Machine): Promise<void> {
  done(there.run('mkdir -p shop && echo >shop/pyproject.toml'));
  const user = there.terminal();
  await user.waitUntil((text) => /\$$/.test(text), 60_000);
  user.send('pip install demo-lib\r');
  await user.waitFor(/esc leave/, 60_000);
  expect(user.screen()).toContain('pip may not change it');
  user.send(keys.enter);
  await user.waitUntil(
    (text) => /Successfully installed demo-lib-2\.0[\s\S]*\((?:shop|\.venv)\) .*\$$/.test(text),
    60_000,
  );
  user.kill('SIGKILL');
  done(there.run('rm -rf shop'));
}

/** A refused install is asked about in a new terminal of this shell, also by way of Python; Esc leaves it to pip. */
async function isAskedIn(there: Machine, shell: 'zsh' | 'fish'): Promise<void> {
  done(there.run('mkdir -p shop && touch .zshrc && rm -rf .local/state/pip-detour/choices'));
  const user = there.terminal(shell);
  await user.waitUntil((text) => /[%>#$] *$/.test(text.trimEnd()), 60_000);
  for (const typed of ['pip install demo-lib', 'python3 -m pip install demo-lib']) {
    user.send(`clear; ${typed}\r`);
    await user.waitUntil((text) => !text.includes('externally-managed') && /esc leave/.test(text), 60_000);
    user.send(keys.escape);
    await user.waitFor('externally-managed-environment', 60_000);
  }
  user.kill('SIGKILL');
  done(there.run('rm -rf shop'));
}

/** The person's files; what pip and pipx keep for themselves is theirs. */
const everything =
  'find . -path ./.cache -prune -o -path ./.npm -prune -o -path ./.local/pipx -prune -o -path ./.local/share/pipx -prune -o -path ./.local/state/pipx -prune -o -printf "%y %m %p %l\\n" | sort; sha256sum .bashrc .profile';

describe.skipIf(systems.length === 0)('a release on a clean system (scripts/platforms.sh release)', () => {
  describe.each(systems)('%s', (system) => {
    it.each(Object.entries(ways))(
      '%s',
      async (name, way) => {
        const there = await clean(system);
        if (way.given !== undefined) done(there.root(way.given));
        const before = { ...weight(there), files: there.run(everything).output };
        const start = performance.now();
        if (way.root !== undefined) done(there.root(way.root));
        const told = done(there.run(way.person));
        const seconds = (performance.now() - start) / 1000;
        const after = weight(there);
        console.log(
          `${system}, ${name}: ${seconds.toFixed(1)} s, ${Math.round(after.disk - before.disk)} MB, ${after.packages - before.packages} packages of the system`,
        );
        if (name !== '.deb, for all users') expect(told).toContain('hook.bash');
        await isAsked(there);
        for (const shell of way.shells ?? []) await isAskedIn(there, shell);

        done(there.run(way.remove ?? '~/.local/share/pip-detour/shims/pip-detour uninstall'));
        const traces =
          way.remove === undefined ? before.files : before.files.split('\n').slice(-3).join('\n');
        expect(there.run(everything).output).toContain(traces);
        if (way.remove === undefined) expect(there.run(everything).output).toBe(before.files);
        if (way.root === undefined) return;
        done(there.root('apt-get remove -y -qq pip-detour >/dev/null'));
        expect(
          there.root('grep -rl pip-detour /etc; ls /var/lib/pip-detour /usr/share/pip-detour 2>&1').output,
        ).toMatch(/^(ls: cannot access .*\n){2}$/);
        for (const shell of ['bash', ...(way.shells ?? [])])
          expect(there.run(`${shell} -ic "command -v pip; echo clean" 2>/dev/null`).output).toContain(
            '/usr/bin/pip\nclean',
          );
        done(there.root('apt-get purge -y -qq pip-detour >/dev/null'));
      },
      600_000,
    );

    it.each(Object.entries(upgrades))(
      '%s: an upgrade by its own tool is taken by a shell that is open, and keeps what was chosen; what is removed by it leaves no shell broken',
      async (_, way) => {
        const there = await clean(system);
        if (way.given !== undefined) done(there.root(way.given));
        done(there[way.by](way.install));
        done(there.run(`${path} pip-detour setup && ${path} pip-detour config set hint false`));
        done(there.run('mkdir shop && echo >shop/pyproject.toml'));
        const user = there.terminal();
        let typed = 0;
        const types = async (line: string, wanted: RegExp) => {
          typed += 1;
          user.send(`clear; ${line}; echo "ended ${typed}: $?"\r`);
          await user.waitUntil((text) => new RegExp(`ended ${typed}: \\d[\\s\\S]*\\$$`).test(text), 60_000);
          expect(user.screen()).toMatch(wanted);
        };
        await user.waitUntil((text) => /\$$/.test(text), 60_000);
        user.send('pip install demo-lib\r');
        await user.waitFor(/esc leave/, 60_000);
        user.send(keys.enter);
        await user.waitUntil((text) => /Successfully installed[\s\S]*\$$/.test(text), 60_000);

        done(there[way.by](way.upgrade));
        await types('pip-detour --version', new RegExp(`^${made.version}$`, 'm'));
        await types('pip-detour config get hint', /^false$/m);
        await types(
          'deactivate; pip install demo-other',
          /Successfully installed demo-other[\s\S]*ended \d: 0/,
        );
        expect(user.history()).not.toMatch(/esc leave[\s\S]*esc leave/);
        await types('pip-detour setup', /ended \d: 0/);
        await types('pip-detour doctor --quick', /All is well/);

        done(there[way.by](way.remove));
        // As root a .deb takes along what was set up for all users alone: this person's links lead nowhere.
        await types('deactivate; pip --version', /^pip \d[\s\S]*ended \d: 0/m);
        user.kill('SIGKILL');
        expect(there.run('bash -ic "type -P pip; echo clean" 2>/dev/null').output).toBe(
          '/usr/bin/pip\nclean\n',
        );
      },
      600_000,
    );

    it('pipx: where the program has come to lie elsewhere, as with another Python, shells start as without it until it is set up again', async () => {
      const there = await clean(system);
      done(there.root(apt('pipx')));
      done(there.run(`${online} pipx install /opt/release/*.whl && ${path} pip-detour setup`));
      done(there.run('pipx uninstall pip-detour; mkdir shop; echo >shop/pyproject.toml'));
      const elsewhere = 'PIPX_HOME=~/elsewhere pipx';
      done(there.run(`${online} ${elsewhere} install /opt/release/*.whl`));
      expect(there.run('bash -ic "type -P pip; echo clean" 2>/dev/null').output).toBe(
        '/usr/bin/pip\nclean\n',
      );
      expect(there.run(`${path} pip-detour doctor --quick`).output).toContain('pip-detour setup');
      done(there.run(`${path} pip-detour setup`));
      await isAsked(there);
      expect(there.run(`${path} pip-detour doctor --quick`).output).not.toContain('not set up');
    }, 600_000);

    it('the .deb: lintian has nothing to say', async () => {
      const there = await clean(system);
      done(there.root(apt('lintian')));
      expect(there.run('lintian --fail-on error,warning --info /opt/release/*.deb')).toEqual({
        code: 0,
        output: '',
      });
    }, 600_000);

    it.skipIf(process.env['PIP_DETOUR_TODAY'] === undefined)(
      'the way of today, for comparison',
      async () => {
        const there = await clean(system);
        const before = weight(there);
        const start = performance.now();
        done(there.root(today));
        const seconds = (performance.now() - start) / 1000;
        const after = weight(there);
        console.log(
          `${system}, git, nodejs and npm: ${seconds.toFixed(1)} s, ${Math.round(after.disk - before.disk)} MB, ${after.packages - before.packages} packages of the system`,
        );
      },
      900_000,
    );
  });
});
