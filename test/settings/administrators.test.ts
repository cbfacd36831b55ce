import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/project/toml.ts';
import { keepValid, mergeLayers } from '../../src/settings/layers.ts';
import { schema } from '../../src/settings/schema.ts';
import { dist, lacks, top } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { isRoot, policyDirectory, policyFile, put } from './saying.ts';

const page = readFileSync(join(top, 'docs/administrators.md'), 'utf8');

/** The snippets of a language, in their order. */
function snippets(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );
}

function policyOf(text: string) {
  const document = readDocument(text);
  if (!document.ok) throw new Error(document.problem);
  return keepValid({ source: 'policy', from: '/etc', values: document.table });
}

/** The program as it lies in /opt, and somebody who is not root. */
function machine(): Sandbox {
  const box = sandbox();
  mkdirSync(join(box.root, 'opt'));
  box.run('/bin/cp', ['-a', dist, join(box.root, 'opt/pip-detour')]);
  return box;
}

describe('the page for administrators', () => {
  const [policy = ''] = snippets('toml');
  const [build = '', profile = '', lab = ''] = snippets('sh');
  const [playbook = ''] = snippets('yaml');
  const [dockerfile = ''] = snippets('dockerfile');

  it('its policy is one, without a mistake', () => {
    const { layer, problems } = policyOf(policy);
    expect(problems).toEqual([]);
    const settings = mergeLayers([layer]);
    expect(settings.ban('break-system-packages')?.source).toBe('policy');
    expect(settings.ban('venv')).toBeUndefined();
    expect(settings.value(schema.environmentPlace)).toBe('central');
  });

  it.runIf(isRoot)('as it is there it does what it says, for somebody who is not root', () => {
    const box = machine();
    put(policyFile(box), `${policy}detour = "venv"\n`);
    box.run('/bin/chown', ['-R', '1234:1234', box.home]);
    box.run('/bin/cp', ['-r', box.wheels, join(box.root, 'wheels')]);
    chmodSync(box.root, 0o755);
    const env = {
      PATH: `${box.root}/opt/pip-detour/shims:/usr/bin:/bin`,
      XDG_CONFIG_DIRS: policyDirectory(box),
      PIP_FIND_LINKS: join(box.root, 'wheels'),
    };
    const as = (...line: string[]) =>
      box.run('/usr/bin/setpriv', ['--reuid=1234', '--regid=1234', '--clear-groups', ...line], { env });
    const ran = as('pip', 'install', 'demo-lib');
    expect(ran.stderr).toContain('set by your administrator');
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    expect(existsSync(join(box.home, 'environments'))).toBe(true);
    const refused = as('/usr/bin/env', 'PIP_DETOUR=break-system-packages', 'pip', 'install', 'demo-lib');
    expect(refused.stderr).toContain('because not allowed by your administrator');
    expect(refused.code).toBe(1);
  });

  it('its lines for the shells put the shims on PATH, in each of them', () => {
    const box = machine();
    const here = profile.replaceAll('/opt/', `${box.root}/opt/`);
    const file = box.write('profile.sh', here);
    for (const shell of ['bash', 'dash', 'zsh'].filter((name) => !lacks(name))) {
      const ran = box.run(`/usr/bin/env`, [shell, '-c', `. ${file}; command -v pip`], {
        env: { PATH: '/usr/bin:/bin' },
      });
      expect(ran).toMatchObject({ stdout: `${box.root}/opt/pip-detour/shims/pip\n`, stderr: '' });
    }
  });

  it('its lines for a lab name a directory for each person, which is used', () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    const file = box.write('../lab.sh', lab.replaceAll('/scratch/', `${box.root}/scratch/`));
    const ran = box.run('/bin/sh', ['-c', `. ${file}; exec pip install demo-lib`]);
    expect(ran.stdout).toContain('Successfully installed demo-lib-2.0');
    const user = box.run('/usr/bin/id', ['-un']).stdout.trim();
    expect(existsSync(join(box.root, 'scratch', user, 'environments'))).toBe(true);
    expect(box.exists('.venv')).toBe(false);
  });

  it.skipIf(lacks('shellcheck'))('its shell passes shellcheck', () => {
    const box = sandbox();
    for (const text of [build, profile, lab]) {
      const ran = box.run('shellcheck', ['--shell=sh', '--exclude=SC1091,SC1113', '-'], { input: text });
      expect(ran.stdout).toBe('');
    }
  });

  it('builds the program with the words that install.sh uses', () => {
    const installer = readFileSync(join(top, 'install.sh'), 'utf8');
    const [npm = '', node = ''] = build.split('\n');
    for (const word of npm.split(' ')) expect(installer).toContain(word);
    expect(node).toMatch(/^node scripts\/build\.mjs \/opt\/pip-detour$/);
    expect(existsSync(join(top, 'scripts/build.mjs'))).toBe(true);
  });

  it('the playbook’s policy and profile are the ones above', () => {
    const contents = [...playbook.matchAll(/content: \|\n((?: {10}.*\n)+)/g)].map(([, text = '']) =>
      text.replaceAll(/^ {10}/gm, ''),
    );
    expect(contents).toHaveLength(2);
    expect(policyOf(contents[0] ?? '').problems).toEqual([]);
    expect(contents[1]).toBe(profile.replace(/^#.*\n/, ''));
  });

  it('the Dockerfile’s commands are shell, and the policy they write is one', () => {
    const box = sandbox();
    const lines = dockerfile.split('\n').flatMap((line) => /^RUN (.*)$/.exec(line)?.[1] ?? []);
    for (const line of lines)
      expect(box.run('/bin/sh', ['-n', '-c', line])).toMatchObject({ code: 0, stderr: '' });
    const writes = (lines.at(-1) ?? '').replaceAll('/etc/', `${box.root}/etc/`);
    expect(box.run('/bin/sh', ['-ec', writes]).code).toBe(0);
    const file = join(box.root, 'etc/xdg/pip-detour/config.toml');
    expect(statSync(file).mode & 0o022).toBe(0);
    expect(policyOf(readFileSync(file, 'utf8')).problems).toEqual([]);
  });
});
