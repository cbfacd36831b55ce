import { chmodSync, cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { personsVariables } from '../../src/system/variables.ts';
import { dist, pip, systemIsManaged, top, which } from '../support/machine.ts';
import { sandbox } from '../support/sandbox.ts';
import { terminal } from '../support/terminal.ts';
import { install, link, recordingPip, seen, write } from './house.ts';

/** A program of ours in which something is broken, before a pip that says so of itself and exits with 7. */
function broken(breakIt: (home: string) => void) {
  const box = sandbox();
  const home = `${box.root}/ours`;
  const ours = install(home);
  write(
    `${box.root}/a/pip`,
    `#!/usr/bin/python3 -IS\nimport sys\nprint('the real pip', *sys.argv[1:])\nsys.exit(7)\n`,
  );
  breakIt(home);
  return box.run(`${ours}/pip`, ['install', 'x'], { env: { PATH: `${ours}:${box.root}/a` } });
}

/** A Node that says it is of another version: the real one, with a file loaded first. */
function nodeOfVersion(home: string, version: string): void {
  const lie = write(
    `${home}/lie.cjs`,
    `Object.defineProperty(process.versions, 'node', { value: '${version}' });`,
  );
  write(`${home}/old/node`, `#!/bin/sh\nexec ${process.execPath} --require ${lie} "$@"\n`);
  write(`${home}/node`, `${home}/old/node\n`);
}

const stub = (text: string) => (home: string) => void write(`${home}/lib/intercept.cjs`, text);

describe.skipIf(!systemIsManaged())('the real pip runs as if we were not there, in silence, when', () => {
  it.each([
    ['there is no Node at all', (home: string) => rmSync(`${home}/node`)],
    ['the recorded Node is gone', (home: string) => void write(`${home}/node`, '/gone/node\n')],
    ['the recorded Node is a directory', (home: string) => void write(`${home}/node`, '/usr\n')],
    [
      'the recorded Node may not be executed',
      (home: string) => void chmodSync(write(`${home}/node`, `${home}/version\n`), 0o644),
    ],
    ['the record is empty', (home: string) => void write(`${home}/node`, '')],
    ['the record is a relative path', (home: string) => void write(`${home}/node`, 'node\n')],
    ['lib is gone', (home: string) => rmSync(`${home}/lib`, { recursive: true })],
    ['start.cjs is gone', (home: string) => rmSync(`${home}/lib/start.cjs`)],
  ])('%s', (_title, breakIt) => {
    expect(broken(breakIt)).toEqual({
      code: 7,
      signal: null,
      stdout: 'the real pip install x\n',
      stderr: '',
    });
  });
});

it.skipIf(!systemIsManaged())(
  'at a terminal Node’s absence is told once a day, after pip’s refusal',
  async () => {
    const box = sandbox();
    const ours = `${box.root}/ours`;
    cpSync(dist, ours, { recursive: true });
    rmSync(`${ours}/node`, { force: true });
    link(`${box.root}/a/pip`, pip);
    for (const name of ['find', 'mkdir', 'sh', 'touch']) link(`${box.root}/a/${name}`, which(name) ?? '');
    const line = 'pip install -q x; pip install x; echo; pip install x; echo end';
    const user = terminal('/bin/sh', ['-c', line], {
      cwd: box.project,
      env: { ...box.env, PATH: `${ours}/shims:${box.root}/a` },
    });
    await user.exited;
    const [quiet = '', first = '', second = ''] = user.history().split('hint: See PEP 668').slice(1);
    const told = 'pip-detour: you were not asked, because there is no Node.js any more.';
    expect([quiet, first, second].map((said) => said.includes(told))).toEqual([false, true, false]);
    expect(second).toContain('end');
  },
);

describe.skipIf(!systemIsManaged())(
  'what a shell has set does not make Node talk, or end, in pip’s place:',
  () => {
    it.each([
      [
        'contradicting words about colours',
        'export NO_COLOR=1 FORCE_COLOR=1',
        /^pip-detour: [^\n]* is not taken here, [^\n]*\n\S*error/,
      ],
      [
        'too little memory',
        'ulimit -v 700000',
        /^pip-detour: too little memory may be used here \(ulimit -v 700000\); running the real pip\nerror/,
      ],
    ])('%s', (_, line, said) => {
      const ran = sandbox().run('sh', ['-c', `${line}; PIP_DETOUR=active-venv pip install x`]);
      expect(ran.stderr).toMatch(said);
      expect(ran.code).toBe(1);
    });
  },
);

describe.skipIf(!systemIsManaged())('the real pip runs, after one line of warning, when', () => {
  it.each([
    ['Node is too old', (home: string) => nodeOfVersion(home, '12.22.9'), /Node 18\.19 or newer is needed/],
    ['Node is a little too old', (home: string) => nodeOfVersion(home, '18.18.2'), /or newer is needed/],
    ['the bundle is gone', (home: string) => rmSync(`${home}/lib/intercept.cjs`), /Cannot find module/],
    ['the bundle is cut off', stub('exports.main = async (a, b'), /missing \) after|Unexpected end/],
    ['the bundle is empty', stub(''), /Cannot read properties|undefined/],
    ['the bundle is binary rubbish', stub('\0\u0001\u0002'), /Invalid or unexpected token/],
    ['the bundle throws while it loads', stub(`throw new Error('loading failed')`), /loading failed/],
    ['it throws nothing at all', stub('throw undefined'), /undefined/],
    ['main throws', stub(`exports.main = () => { throw new Error('at once') }`), /at once/],
    [
      'main fails before it ran anything',
      stub(`exports.main = async () => { throw new Error('before\\nmore') }`),
      /before/,
    ],
  ])('%s', (_title, breakIt, warning) => {
    const ran = broken(breakIt);
    expect(ran).toMatchObject({ code: 7, signal: null, stdout: 'the real pip install x\n' });
    expect(ran.stderr).toMatch(/^pip-detour: [^\n]*; running the real pip\n$/);
    expect(ran.stderr).toMatch(warning);
  });
});

describe.skipIf(!systemIsManaged())('the real pip is not run again when', () => {
  it('main fails after it ran something', () => {
    const ran = broken(
      stub(`exports.main = async () => { throw Object.assign(new Error('after'), { started: true }) }`),
    );
    expect(ran).toEqual({ code: 1, signal: null, stdout: '', stderr: 'pip-detour: after\n' });
  });
  it('main stops without an answer, which is not a success either', () => {
    const ran = broken(stub(`exports.main = () => new Promise(() => {})`));
    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'pip-detour: intercept.cjs stopped half-way\n',
    });
  });
  it('main ends with an exit code of its own', () => {
    expect(broken(stub(`exports.main = async () => { process.exitCode = 130 }`))).toEqual({
      code: 130,
      signal: null,
      stdout: '',
      stderr: '',
    });
  });
});

describe.skipIf(!systemIsManaged())('what Node must not see', () => {
  const kept = /for _pd_word in ([A-Z0-9_ ]+); do/.exec(readFileSync(join(dist, 'shims/pip'), 'utf8'))?.[1];
  const names = (kept ?? '').split(' ');

  it('is named alike in the shim and in variables.ts', () => {
    const source = readFileSync(join(top, 'src/system/variables.ts'), 'utf8');
    const list = /keptByShim = \[([^\]]*)\]/.exec(source)?.[1] ?? '';
    expect([...list.matchAll(/'([A-Z0-9_]+)'/g)].map((match) => match[1])).toEqual(names);
  });

  it.each(names)('%s: kept from Node, given back to its children', (name) => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    write(
      `${box.root}/ours/lib/intercept.cjs`,
      `exports.main = async () => console.log(JSON.stringify(process.env));`,
    );
    const value = name === 'NODE_OPTIONS' ? '--require /gone.js' : ' /gone "\'$x\\ \n';
    const ran = box.run(`${ours}/pip`, ['install', 'x'], {
      env: { [name]: value, NO_COLOR: '1', PATH: `${ours}:/usr/bin` },
    });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const variables: Record<string, string> = JSON.parse(ran.stdout);
    expect(variables[name]).toBeUndefined();
    expect(personsVariables(variables)[name]).toBe(value);
  });

  it('is given back to the real pip where Node is too old', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    nodeOfVersion(`${box.root}/ours`, '4.0.0');
    const real = recordingPip(`${box.root}/a`, `${box.root}/seen`);
    const env = {
      PATH: `${ours}:${box.root}/a:/bin`,
      NODE_OPTIONS: '--require /gone.js',
      OPENSSL_CONF: '',
      PWD: box.project,
    };
    box.run(`${ours}/pip`, ['install', 'x'], { env });
    const through = seen(`${box.root}/seen`);
    box.run(real, ['install', 'x'], { env });
    const direct = seen(`${box.root}/seen`);
    expect({ ...through.environment, _: '' }).toEqual({ ...direct.environment, _: '' });
    expect(through.argv).toEqual(direct.argv);
  });
});

describe.skipIf(!systemIsManaged())('bytes that are not UTF-8 reach the real pip through Node', () => {
  it('in arguments: Node cannot hold them, so nothing is intercepted', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    recordingPip(`${box.root}/a`, `${box.root}/seen`);
    const ran = box.run(
      '/bin/bash',
      [
        '-c',
        `export B=$'\\xff\\n\\n' K=text; exec pip install $'caf\\xe9' "it's %s" '' $'\\xff\\n' é -- $'\\\\x'`,
      ],
      { env: { PATH: `${ours}:${box.root}/a:/bin` } },
    );
    expect(ran).toEqual({ code: 0, signal: null, stdout: '', stderr: '' });
    const { argv, environment } = seen(`${box.root}/seen`);
    expect(argv.slice(3)).toEqual(['install', 'caf\xe9', "it's %s", '', '\xff\n', '\xc3\xa9', '--', '\\x']);
    expect(environment).toMatchObject({ B: '\xff\n\n', K: 'text' });
  });

  it('in variables: main is told what to put before the command', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    recordingPip(`${box.root}/a`, `${box.root}/seen`);
    write(
      `${box.root}/ours/lib/intercept.cjs`,
      `exports.main = async (name, pip, args, { before }) => {
        const [command, ...rest] = [...before, pip, ...args];
        require('node:child_process').spawnSync(command, rest, { stdio: 'inherit' });
      };`,
    );
    box.run(
      '/bin/bash',
      ['-c', `export B=$'\\xe9\\'"\\\\%s$x' NODE_OPTIONS=$'\\xe9'; exec pip install 'two words' ''`],
      { env: { PATH: `${ours}:${box.root}/a:/bin` } },
    );
    const { argv, environment } = seen(`${box.root}/seen`);
    expect(argv.slice(3)).toEqual(['install', 'two words', '']);
    expect(environment['B']).toBe('\xe9\'"\\%s$x');
    expect(environment['NODE_OPTIONS']).toBe('\xe9');
  });

  it('a U+FFFD that was really typed is text like any other', () => {
    const box = sandbox();
    const ours = install(`${box.root}/ours`);
    const ran = box.run(`${ours}/pip`, ['install', '\ufffd'], { env: { PATH: `${ours}:/usr/bin` } });
    expect(ran.stdout).toBe('node ["pip","/usr/bin/pip",["install","\ufffd"]]\n');
  });
});

it.each(['SIGTERM', 'SIGHUP', 'SIGKILL', 'SIGINT'])(
  'a real pip that Node had to start ends by %s: so do we',
  (signal) => {
    const box = sandbox();
    const home = `${box.root}/ours`;
    const ours = install(home);
    rmSync(`${home}/lib/intercept.cjs`);
    write(
      `${box.root}/a/pip`,
      `#!/usr/bin/env python3\nimport os, signal\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\nos.kill(os.getpid(), signal.${signal})\n`,
    );
    const ran = box.run(`${ours}/pip`, ['install', 'x'], { env: { PATH: `${ours}:${box.root}/a:/usr/bin` } });
    expect(ran).toMatchObject({ code: null, signal });
  },
);

it('start.cjs is written in the JavaScript of 2009', () => {
  const code = readFileSync(join(top, 'src/start.cjs'), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  expect(code).not.toMatch(/=>|`|\b(const|let|class|async|await|import)\b|\?\.|\?\?|\.\.\.|catch \{|node:/);
});

describe('called through a link or as a copy elsewhere', () => {
  it.skipIf(!systemIsManaged()).each([
    ['a link', true],
    ['a copy', false],
  ])('%s: the program is looked for where it is installed', (_title, isLink) => {
    const box = sandbox();
    const home = join(box.home, '.local/share/pip-detour');
    const ours = install(home);
    const bin = `${box.root}/bin`;
    if (isLink) link(`${bin}/pip`, `${ours}/pip`);
    else write(`${bin}/pip`, readFileSync(`${ours}/pip`, 'utf8'));
    // What lies beside the link is nobody's program.
    write(`${box.root}/lib/start.cjs`, `console.log('somebody else')`);
    const ran = (env: Record<string, string>) =>
      box.run(`${bin}/pip`, ['install', 'x'], { env: { PATH: `${bin}:/usr/bin`, ...env } });
    expect(ran({}).stdout).toBe('node ["pip","/usr/bin/pip",["install","x"]]\n');
    expect(ran({ XDG_DATA_HOME: join(box.home, '.local/share') }).stdout).toMatch(/^node /);
    // Not installed there: the real pip refuses in its own words.
    expect(ran({ XDG_DATA_HOME: `${box.root}/empty` })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: externally-managed-environment/),
    });
  });
});
