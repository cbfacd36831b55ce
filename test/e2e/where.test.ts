import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobPlaces } from '../../src/commands/where/places.ts';
import { lacks, python } from '../support/machine.ts';
import { canMount, containerArguments } from '../support/machines.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';

/** `pip-detour where --for PLACE`: the line is put into its place as it stands, and is run there. */

/** Everything that is special in a crontab, a unit, a shell or JSON. */
const odd = `it's 50% $HOME "q" \\b é`;
const more = ['x $HOME %n', '%', '', ';', '"', "it's"];

/** A project in a directory of that name, whose script tells where it ran and with what. */
function project(name = odd): { box: Sandbox; directory: string; environment: string } {
  const box = sandbox();
  const directory = join(box.home, name);
  mkdirSync(directory, { recursive: true });
  box.run(python, ['-m', 'venv', '--without-pip', join(directory, '.venv')]);
  const says = `import json, os, sys
with open(os.path.join(os.path.dirname(os.path.abspath(sys.argv[0])), "ran-%d" % os.getuid()), "w") as file:
    json.dump([sys.prefix, os.getcwd(), sys.argv[1:]], file)
`;
  writeFileSync(join(directory, 'a p%p.py'), says);
  return { box, directory, environment: join(directory, '.venv') };
}

function lineFor(
  place: string,
  { box, directory }: ReturnType<typeof project>,
  words = ['a p%p.py', ...more],
) {
  const ran = box.run('pip-detour', ['where', '--for', place, '--', ...words], { cwd: directory });
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stderr).toMatch(/^pip-detour: /);
  return ran.stdout;
}

const wrote = (directory: string, uid = process.getuid?.()) =>
  JSON.parse(readFileSync(join(directory, `ran-${uid}`), 'utf8'));

describe('the line for', () => {
  it('cron is a command of sh once cron has read it', () => {
    const made = project();
    const line = lineFor('cron', made);
    expect(line).toMatch(/^0 7 \* \* \* cd /);
    // A % that has no backslash before it would end the command (crontab(5)).
    expect(line.replaceAll('\\%', '')).not.toContain('%');
    made.box.run('/bin/sh', ['-c', line.replace(/^0 7 \* \* \* /, '').replaceAll('\\%', '%')], { cwd: '/' });
    expect(wrote(made.directory)).toEqual([made.environment, made.directory, more]);
    // busybox' cron gives it to the shell as it is.
    const bare = ['-c', `rm -f "$0"/ran-*; ${line.replace(/^0 7 \* \* \* /, '')}`, made.directory];
    made.box.run('/bin/sh', bare, { cwd: '/' });
    expect(wrote(made.directory)).toEqual([made.environment, made.directory, more]);
  });

  it('sudo is a command of sh', () => {
    const made = project();
    const line = lineFor('sudo', made);
    expect(line).toMatch(/^sudo /);
    made.box.run('/bin/sh', ['-c', `sudo() { "$@"; }; ${line}`], { cwd: made.directory });
    expect(wrote(made.directory)).toEqual([made.environment, made.directory, more]);
  });

  it('an editor is JSON', () => {
    const made = project();
    const line = lineFor('editor', made, []);
    expect(JSON.parse(`{${line}}`)).toEqual({
      'python.defaultInterpreterPath': join(made.environment, 'bin/python'),
    });
  });

  it('a notebook names its kernel by the project, in letters that Jupyter takes', () => {
    const made = project();
    expect(lineFor('jupyter', made, [])).toMatch(/ --name it-s-50-home-q-b- --display-name 'Python \(it'/);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a command of the environment', ['--for', 'sudo', 'python3'], /^sudo \S+\/\.venv\/bin\/python3\n$/],
    ['a module', ['--for', 'sudo', '--', '-m', 'http.server'], /^sudo \S+\/python -m http\.server\n$/],
    [
      'another directory',
      ['--in', '../shop', '--for', 'sudo'],
      /^sudo \S+\/shop\/\.venv\/bin\/python \S+\/shop\/SCRIPT\.py\n$/,
    ],
  ])('%s', (_, words, line) => {
    const { box, directory } = project('shop');
    expect(box.run('pip-detour', ['where', ...words], { cwd: directory }).stdout).toMatch(line);
  });

  it.each<[string, readonly string[], RegExp]>([
    [
      'a script that is not there',
      ['--for', 'cron', 'nope.py'],
      /not-there: there is no file nope\.py here, and.*\nhint: name a script that is there$/m,
    ],
    [
      'a script for an editor',
      ['--for', 'editor', 'app.py'],
      /unexpected-argument: where takes no app\.py for/,
    ],
    ['a script for no place', ['app.py'], /unexpected-argument: where takes no app\.py without --for/],
    ['a place that is none', ['--for', 'moon'], /Choices: "cron", "systemd", "sudo", "jupyter", "editor"/],
    [
      'a directory that is none',
      ['--in', 'nope'],
      /not-there: there is no directory nope, or you may not enter it/,
    ],
  ])('%s ends in an error with what to type', (_, words, says) => {
    const { box, directory } = project('shop');
    const ran = box.run('pip-detour', ['where', ...words], { cwd: directory });
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr).toContain('\nhint: ');
  });

  it('a directory that no line can hold ends in an error, and where alone prints its path', () => {
    const { box, directory } = project('two\nlines');
    for (const { id } of jobPlaces) {
      const ran = box.run('pip-detour', ['where', '--for', id], { cwd: directory });
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toContain('cannot-be-written: ');
    }
    expect(box.run('pip-detour', ['where'], { cwd: directory }).stdout).toBe(
      `${directory}/.venv/bin/python\n`,
    );
    const ran = box.run('pip-detour', ['run', 'python', '-c', 'import sys; print(sys.prefix)'], {
      cwd: directory,
    });
    expect(ran.stdout).toBe(`${directory}/.venv\n`);
  });
});

const manager = '/usr/lib/systemd/systemd';

it.skipIf(!canMount || lacks('systemd-analyze') || !existsSync(manager))(
  'the unit for systemd is one that its own checker takes, and that a real systemd --user runs',
  () => {
    const made = project();
    const unit = join(made.box.home, '.config/systemd/user/job.service');
    mkdirSync(join(made.box.home, '.config/systemd/user/default.target.wants'), { recursive: true });
    writeFileSync(unit, lineFor('systemd', made));
    expect(made.box.run('systemd-analyze', ['verify', unit])).toMatchObject({
      code: 0,
      stderr: '',
    });
    const script = `set -e
mount -t tmpfs none /run
mkdir -p /run/systemd/system /run/user/0
ln -s ../job.service "$HOME/.config/systemd/user/default.target.wants"
export XDG_RUNTIME_DIR=/run/user/0
${manager} --user >"$HOME/log" 2>&1 &
tries=0
until [ -s "$0/ran-0" ] || [ "$tries" = 100 ]; do sleep 0.1; tries=$((tries + 1)); done
kill "$!"`;
    const args = [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
      'sh',
      '-c',
      script,
      made.directory,
    ];
    made.box.run('unshare', args);
    expect(wrote(made.directory, 0)).toEqual([made.environment, made.directory, more]);
  },
);

const mayInstall = canMount && !lacks('apt-get', 'setpriv') && process.env['PIP_DETOUR_TEST_APT'] === '1';

it.skipIf(!mayInstall)(
  "a user's crontab that a real cron runs, and the real sudo (PIP_DETOUR_TEST_APT=1)",
  { timeout: 300_000 },
  () => {
    const made = project();
    const { box, directory } = made;
    chmodSync(box.root, 0o755);
    const [cron, sudo] = [lineFor('cron', made), lineFor('sudo', made)];
    // At the start of cron, not at seven.
    writeFileSync(join(box.root, 'crontab'), cron.replace('0 7 * * *', '@reboot'));
    writeFileSync(join(box.root, 'by-sudo'), `cd "$1" && ${sudo}`);
    const machine = `set -e
apt-get install -y -qq --no-install-recommends cron sudo >/srv/made 2>&1
useradd -u 12345 -U -d ${box.home} -s /bin/sh ana
echo 'ana ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/ana
chown -R ana:ana ${box.home}
as_ana="setpriv --reuid=ana --regid=ana --init-groups env HOME=${box.home} USER=ana LOGNAME=ana"
$as_ana crontab ${box.root}/crontab
$as_ana sh ${box.root}/by-sudo "$PWD"
rm -f /run/crond.reboot /var/run/crond.reboot
cron -f & tries=0
until [ -s ran-12345 ] || [ "$tries" = 200 ]; do sleep 0.1; tries=$((tries + 1)); done
kill "$!"; cat ran-0; echo; cat ran-12345`;
    const ran = execFileSync('unshare', containerArguments(box, machine, { cwd: directory }), {
      env: box.env,
      encoding: 'utf8',
    });
    const expected = [made.environment, directory, more];
    expect(ran.split('\n').map((line) => JSON.parse(line))).toEqual([expected, expected]);
  },
);

it.skipIf(process.env['PIP_DETOUR_TEST_PYPI'] !== '1')(
  'the kernel is one that Jupyter starts (PIP_DETOUR_TEST_PYPI=1)',
  { timeout: 300_000 },
  () => {
    const made = project();
    const { box, environment } = made;
    box.run(python, ['-m', 'venv', environment]);
    const own = join(environment, 'bin/python');
    const network = {
      ...{ PIP_NO_INDEX: undefined, PIP_FIND_LINKS: undefined },
      PIP_CONFIG_FILE: undefined,
    };
    const got = box.run(own, ['-m', 'pip', 'install', '-q', 'ipykernel', 'jupyter_client'], {
      env: network,
      timeout: 240_000,
    });
    expect(got.code).toBe(0);
    const line = lineFor('jupyter', made, []);
    expect(box.run('/bin/sh', ['-c', line], { cwd: '/' }).code).toBe(0);
    const name = /--name (\S+)/.exec(line)?.[1] ?? '';
    const asks = `import jupyter_client
manager, client = jupyter_client.manager.start_new_kernel(kernel_name=${JSON.stringify(name)})
client.execute_interactive("import sys; print(sys.prefix)")
manager.shutdown_kernel(now=True)`;
    expect(box.run(own, ['-c', asks], { cwd: '/', timeout: 120_000 }).stdout).toBe(`${environment}\n`);
  },
);
