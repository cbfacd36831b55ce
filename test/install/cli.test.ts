import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dist, top } from '../support/machine.ts';
import { freshHome } from './support.ts';

const detour = (...args: string[]) => freshHome().run(join(dist, 'shims/pip-detour'), args);

describe('the command pip-detour', () => {
  it.each([
    ['install requests', 'install is a command of pip', 'to install a package, type: pip install requests'],
    ['list', 'list is a command of pip', 'to list packages, type: pip list'],
    ['freeze --local', 'freeze is a command of pip', 'type: pip freeze --local'],
    ['show six', 'show is a command of pip', 'type: pip show six'],
    ['download six', 'download is a command of pip', 'type: pip download six'],
    ['stats', 'there is no command stats', 'did you mean status?'],
    ['unistall', 'there is no command unistall', 'did you mean uninstall?'],
    ['frobnicate', 'there is no command frobnicate', 'type: pip-detour --help'],
    ['uninstall --dryrun', 'there is no option --dryrun', 'did you mean --dry-run?'],
    ['uninstall --keep-memroy=yes', 'there is no option --keep-memroy', 'did you mean --keep-memory?'],
    ['setup --no-cr', 'there is no option --no-cr', 'type: pip-detour setup --help'],
    ['status --jsno', 'there is no option --jsno', 'did you mean --json?'],
    ['status -x', 'there is no option -x', 'type: pip-detour status --help'],
    ['choices extra', 'choices takes no extra', 'type: pip-detour choices --help'],
    ['setup --shell ksh', 'Choices: "bash", "zsh", "fish"', 'type: pip-detour setup --help'],
  ])('meets a mistyped `%s` with what was probably meant', (line, message, hint) => {
    const ran = detour(...line.split(' '));
    expect(ran.code).toBe(2);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).toContain(hint);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  it.each([
    ['a reader that has gone', '| true', /^$/],
    ['a full disk', '> /dev/full', /^pip-detour: cannot-write: .*\nhint: .*\n$/],
  ])('ends without a trace before %s', (_, where, said) => {
    const home = freshHome();
    for (const words of [
      'doctor --quick',
      'status',
      'choices',
      'config list',
      'explain -- pip install x',
      '--help',
    ]) {
      const ran = home.run('bash', ['-c', `'${dist}/shims/pip-detour' ${words} ${where}`]);
      expect(ran.stderr, words).toMatch(said);
    }
  });

  it('says its version', () => {
    const { version } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
    expect(detour('--version').stdout).toBe(`${version}\n`);
  });

  it('helps when asked to, and when nothing is asked', () => {
    const help = detour('--help').stdout;
    for (const name of ['status', 'explain', 'choices', 'forget', 'demo', 'setup', 'uninstall'])
      expect(help).toContain(`pip-detour ${name}`);
    expect(detour().stdout).toBe(help);
  });

  it('speaks English whatever the locale, as its documentation does', () => {
    const ran = freshHome({ LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' }).run(
      join(dist, 'shims/pip-detour'),
      ['--help'],
    );
    expect(ran.stdout).toContain('Commands:');
  });
});
