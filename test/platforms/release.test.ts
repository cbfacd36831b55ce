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
beforeAll(async () => {
  if (systems.length > 0) made = await makeRelease();
});
afterAll(() => made?.end());

/** A clean system with the release's files in /opt/release. */
const clean = (system: string) =>
  machine({ system: join(place, system), prepare: `cp -r ${made.directory} $root/opt/release` });

/** Runs a line that has to succeed. */
function done(ran: { code: number | null; output: string }): string {
  expect(ran.code, ran.output).toBe(0);
  return ran.output;
}

/** With the registry of Python packages, which the person's variables hide for the installs that are asked about. */
const online = 'unset PIP_NO_INDEX PIP_FIND_LINKS;';

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
}
const ways: Readonly<Record<string, Way>> = {
  'get.sh': { person: `${online} sh /opt/release/get.sh --with-node` },
  archive: {
    person: `${online} tar -xf /opt/release/*.tar.gz && ./pip-detour-*/install.sh --with-node; rm -r pip-detour-*`,
  },
  'pipx install': {
    given: 'apt-get update -qq && apt-get install -y -qq --no-install-recommends pipx >/dev/null',
    person: `${online} pipx install /opt/release/*.whl && .local/bin/pip-detour setup`,
    remove: '.local/bin/pip-detour uninstall; pipx uninstall pip-detour',
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
    root: 'apt-get update -qq && apt-get install -y -qq /opt/release/*.deb >/dev/null && pip-detour setup --all-users',
    person: 'true',
    remove: 'true',
  },
};

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

/** The person's files; what pip and pipx keep for themselves is theirs. */
const everything =
  'find . -path ./.cache -prune -o -path ./.local/pipx -prune -o -path ./.local/share/pipx -prune -o -path ./.local/state/pipx -prune -o -printf "%y %m %p %l\\n" | sort; sha256sum .bashrc .profile';

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
        expect(there.run('bash -ic "type -P pip; echo clean"').output).toContain('/usr/bin/pip\nclean');
        done(there.root('apt-get purge -y -qq pip-detour >/dev/null'));
      },
      600_000,
    );

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
