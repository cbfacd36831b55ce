import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacks, lacksShell } from '../support/machine.ts';
import { type Sandbox, sandbox } from '../support/sandbox.ts';
import { echoPip, install, link, shells, write } from './house.ts';

/** One PATH, and the pip that answers to `pip --version` there. */
interface Row {
  readonly when: string;
  /** Makes what is on PATH and returns its entries, and what is expected: a path, or the ending without one. */
  readonly given: (box: Sandbox, ours: string) => { path: string; finds: string } | Ending;
  readonly call?: string;
}
interface Ending {
  readonly path: string;
  readonly code: number;
  readonly says: RegExp;
}

const rows: readonly Row[] = [
  {
    when: 'ours comes first',
    given: (box, ours) => ({ path: `${ours}:${box.root}/a:/bin`, finds: echoPip(`${box.root}/a`) }),
  },
  {
    when: 'another pip comes before ours: the next one after ours is meant',
    given: (box, ours) => {
      echoPip(`${box.root}/a`);
      return { path: `${box.root}/a:${ours}:${box.root}/b`, finds: echoPip(`${box.root}/b`) };
    },
  },
  {
    when: 'ours comes last and is called by its path',
    given: (box, ours) => ({ path: `${box.root}/a:${ours}`, finds: echoPip(`${box.root}/a`) }),
  },
  {
    when: 'ours is not on PATH at all',
    given: (box) => {
      echoPip(`${box.root}/b`);
      return { path: `${box.root}/a:${box.root}/b`, finds: echoPip(`${box.root}/a`) };
    },
  },
  {
    when: 'ours stands there twice, with another pip between',
    given: (box, ours) => ({
      path: `${ours}:${box.root}/a:${ours}:${box.root}/b`,
      finds: echoPip(`${box.root}/a`),
    }),
  },
  {
    when: 'ours stands there with a slash at its end and once more without',
    given: (box, ours) => ({ path: `${ours}/:${ours}:${box.root}/a/`, finds: echoPip(`${box.root}/a`) }),
  },
  {
    when: 'another installation of ours follows',
    given: (box, ours) => ({
      path: `${ours}:${install(`${box.root}/other`)}:${box.root}/a`,
      finds: echoPip(`${box.root}/a`),
    }),
  },
  {
    when: 'a link to our shim follows',
    given: (box, ours) => {
      link(`${box.root}/links/pip`, `${ours}/pip`);
      return { path: `${ours}:${box.root}/links:${box.root}/a`, finds: echoPip(`${box.root}/a`) };
    },
  },
  {
    when: 'our directory stands there under two names',
    given: (box, ours) => {
      symlinkSync(ours, `${box.root}/again`);
      return { path: `${box.root}/again:${ours}:${box.root}/a`, finds: echoPip(`${box.root}/a`) };
    },
  },
  {
    when: 'an entry is relative',
    given: (box, ours) => {
      echoPip(join(box.project, 'bin'));
      return { path: `${ours}:bin`, finds: 'bin/pip' };
    },
  },
  {
    when: 'an entry is empty, which means here',
    given: (box, ours) => {
      echoPip(box.project);
      return { path: `${ours}::/proc/nowhere`, finds: './pip' };
    },
  },
  {
    when: 'an entry looks like an option',
    given: (box, ours) => {
      echoPip(join(box.project, '-a'));
      return { path: `${ours}:-a`, finds: './-a/pip' };
    },
  },
  ...[
    'with space',
    'star*',
    'que?ry',
    '[ab]',
    "it's",
    '"quoted"',
    'back\\slash',
    '$HOME',
    '`id`',
    'ümlaut',
  ].map(
    (name): Row => ({
      when: `an entry is called ${name}`,
      given: (box, ours) => ({ path: `${ours}:${box.root}/${name}`, finds: echoPip(`${box.root}/${name}`) }),
    }),
  ),
  {
    when: '300 entries lie before and after ours',
    given: (box, ours) => {
      const many = Array.from({ length: 300 }, (_, n) => `/no/such/directory/at/all/${n}`).join(':');
      return { path: `${many}:${ours}:${many}:${box.root}/a`, finds: echoPip(`${box.root}/a`) };
    },
  },
  {
    when: 'a directory is called pip',
    given: (box, ours) => {
      mkdirSync(`${box.root}/dir/pip`, { recursive: true });
      return { path: `${ours}:${box.root}/dir:${box.root}/a`, finds: echoPip(`${box.root}/a`) };
    },
  },
  {
    when: 'a pipe is called pip, which nobody may read from',
    given: (box, ours) => {
      mkdirSync(`${box.root}/pipe`);
      box.run('mkfifo', ['-m', '777', `${box.root}/pipe/pip`]);
      return { path: `${ours}:${box.root}/pipe:${box.root}/a`, finds: echoPip(`${box.root}/a`) };
    },
  },
  {
    when: 'a link called pip leads nowhere',
    given: (box, ours) => {
      link(`${box.root}/dangling/pip`, '/no/such/pip');
      return { path: `${ours}:${box.root}/dangling:${box.root}/a`, finds: echoPip(`${box.root}/a`) };
    },
  },
  {
    when: 'the next pip may not be executed but a later one may',
    given: (box, ours) => {
      chmodSync(echoPip(`${box.root}/locked`), 0o644);
      return { path: `${ours}:${box.root}/locked:${box.root}/a`, finds: echoPip(`${box.root}/a`) };
    },
  },
  {
    when: 'there is only a pip3, as with Homebrew',
    given: (box, ours) => ({ path: `${ours}:${box.root}/a`, finds: echoPip(`${box.root}/a`, 'pip3') }),
  },
  {
    when: 'pip3 was called and there is only a pip',
    call: 'pip3',
    given: (box, ours) => {
      echoPip(`${box.root}/a`);
      return {
        path: `${ours}:${box.root}/a`,
        code: 127,
        says: /^pip3: command not found\npip-detour: there is no real pip3 on PATH, but there is \S+\/a\/pip: type pip\n$/,
      };
    },
  },
  {
    when: 'pip3 was called and both are there',
    call: 'pip3',
    given: (box, ours) => {
      echoPip(`${box.root}/a`);
      return { path: `${ours}:${box.root}/a`, finds: echoPip(`${box.root}/a`, 'pip3') };
    },
  },
  {
    when: 'the shim of a pip3.99 is left over, and there is another pip',
    call: 'pip3.99',
    given: (box, ours) => {
      symlinkSync('pip', `${ours}/pip3.99`);
      echoPip(`${box.root}/a`, 'pip3');
      return {
        path: `${ours}:${box.root}/a`,
        code: 127,
        says: /^pip3\.99: command not found\npip-detour: there is no real pip3\.99 on PATH, but there is \S+\/a\/pip3: type pip3\n$/,
      };
    },
  },
  {
    when: 'there is no pip',
    given: (box, ours) => ({
      path: `${ours}:${box.root}/a`,
      code: 127,
      says: /^pip: command not found\npip-detour: there is no real pip .*\n$/,
    }),
  },
  {
    when: 'there are only our own shims',
    given: (box, ours) => ({
      path: `${ours}:${install(`${box.root}/other`)}:${ours}`,
      code: 127,
      says: /^pip: command not found\n/,
    }),
  },
  {
    when: 'the only pip may not be executed',
    given: (box, ours) => {
      chmodSync(echoPip(`${box.root}/locked`), 0o644);
      return {
        path: `${ours}:${box.root}/locked`,
        code: 126,
        says: /^.*\/locked\/pip: Permission denied\n$/,
      };
    },
  },
  {
    when: "the only pip's Python is gone",
    given: (box, ours) => {
      write(`${box.root}/a/pip`, '#!/no/such/python3\n');
      return {
        path: `${ours}:${box.root}/a`,
        code: 126,
        says: /^.*\/a\/pip: \/no\/such\/python3: bad interpreter: No such file or directory\n$/,
      };
    },
  },
];

describe.each(shells)('in $title, the real pip is found when', (shell) => {
  describe.skipIf(lacksShell(shell.program))('the shell is here', () => {
    it.each(rows)('$when', ({ given, call = 'pip' }) => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      const expected = given(box, ours);
      const ran = box.run(`${ours}/${call}`, ['--version'], {
        env: { PATH: expected.path },
        timeout: 10_000,
      });
      if ('finds' in expected)
        // bash's exec makes a relative path absolute.
        expect({ ...ran, stdout: resolve(box.project, ran.stdout) }).toEqual({
          code: 0,
          signal: null,
          stdout: resolve(box.project, `${expected.finds} --version\n`),
          stderr: '',
        });
      else {
        expect(ran).toMatchObject({ code: expected.code, stdout: '' });
        expect(ran.stderr).toMatch(expected.says);
      }
    });

    it('PATH is not set at all: as the shell itself would search', () => {
      const box = sandbox();
      const ours = install(`${box.root}/ours`, shell);
      const ran = box.run('/usr/bin/env', ['-i', `${ours}/pip`, '--version']);
      const direct = box.run('/usr/bin/env', ['-i', '/usr/bin/pip', '--version']);
      expect(ran).toEqual(direct);
    });
  });
});

describe('an unreadable pip', () => {
  it.skipIf(lacks('setpriv') || process.getuid?.() !== 0)('is executed all the same', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    // A program that may be executed but not read cannot be a script.
    mkdirSync(`${box.root}/a`);
    box.run('cp', ['/bin/echo', `${box.root}/a/pip`]);
    chmodSync(`${box.root}/a/pip`, 0o711);
    chmodSync(box.root, 0o755);
    const ran = box.run('/usr/bin/setpriv', ['--reuid=65534', '--clear-groups', `${ours}/pip`, 'list'], {
      env: { PATH: `${ours}:${box.root}/a` },
      cwd: '/',
    });
    expect(ran).toMatchObject({ code: 0, stdout: 'list\n', stderr: '' });
  });
});
