import { type FaultName, faults, type Row, rows, type Stage, stages } from './fault-rows.ts';

/** A cell that another test shows. */
interface Elsewhere {
  readonly stage: Stage;
  readonly faults: readonly FaultName[];
  readonly left: string;
  readonly by: string;
}

/** Cells in which nothing can happen, with the reason. */
interface Never {
  readonly stage: Stage;
  readonly faults: readonly FaultName[];
  readonly why: string;
}

const disk = ['ENOSPC', 'EACCES', 'EIO'] as const;
const net = ['network gone', 'index slow'] as const;
const closed = ['terminal closed'] as const;
const signals = 'test/e2e/stages.test.ts';
const here = 'test/hostile/fault-stages.test.ts';
const early = 'test/e2e/early.test.ts';
const memory = 'test/memory/durability.test.ts';

export const elsewhere: readonly Elsewhere[] = [
  {
    stage: 'the shim, before Node',
    faults: ['interpreter gone'],
    left: 'as before; 126 and "bad interpreter", as the system has it',
    by: 'test/shim/finding.test.ts',
  },
  { stage: 'the shim, before Node', faults: closed, left: 'as before, nobody left', by: signals },
  { stage: 'Node, before pip', faults: closed, left: 'as before, nobody left', by: signals },
  {
    stage: 'pip runs, and refuses',
    faults: ['Node killed'],
    left: 'as before; the pip that is left refuses to nobody and ends',
    by: here,
  },
  { stage: 'pip runs, and refuses', faults: closed, left: 'as before, nobody left', by: signals },
  {
    stage: 'the question is open, and pip has not refused yet',
    faults: ['EACCES', 'EIO', 'EMFILE', 'SIGKILL'],
    left: 'as before; a pip that cannot go on has not refused: the question is taken away, and the real pip runs',
    by: early,
  },
  {
    stage: 'the question is open, and pip has not refused yet',
    faults: ['interpreter gone'],
    left: 'as before; 1, cannot-start: … is not there',
    by: here,
  },
  {
    stage: 'the question is open, and pip has not refused yet',
    faults: ['Node killed'],
    left: 'as before; the pip that is left can change nothing, refuses to nobody and ends',
    by: here,
  },
  {
    stage: 'the question is open, and pip has not refused yet',
    faults: closed,
    left: 'as before, nobody left',
    by: signals,
  },
  {
    stage: 'the question is open',
    faults: ['EACCES', 'EIO', 'EMFILE'],
    left: "as before; pip's own message and code, and one line of ours (there our program for it is missing)",
    by: 'test/e2e/bad-input.test.ts',
  },
  {
    stage: 'the question is open',
    faults: ['interpreter gone'],
    left: 'as before; 1, cannot-start: … is not there',
    by: here,
  },
  {
    stage: 'the question is open',
    faults: ['SIGKILL', 'Node killed'],
    left: 'as before, nobody left',
    by: here,
  },
  { stage: 'the question is open', faults: closed, left: 'as before, nobody left', by: signals },
  { stage: 'making `.venv`', faults: closed, left: 'as before, nobody left', by: signals },
  { stage: 'pip runs once more, in it', faults: closed, left: 'as before, nobody left', by: signals },
  {
    stage: 'pip runs once more, in it',
    faults: ['Node killed'],
    left: 'unfinished; its pip goes on, and is ended by the next run, which makes all anew. In an environment that was there: the next run waits for it',
    by: 'test/e2e/load.test.ts',
  },
  {
    stage: 'giving the environment a pip of its own',
    faults: closed,
    left: 'as before, nobody left',
    by: here,
  },
  {
    stage: 'remembering the choice',
    faults: ['ENOSPC', 'EIO'],
    left: 'finished; cannot-remember: …, and the old choice stands',
    by: memory,
  },
  {
    stage: 'remembering the choice',
    faults: ['EACCES', 'EMFILE'],
    left: 'finished; remembered at another try, or cannot-remember: … and the old choice stands',
    by: memory,
  },
  {
    stage: 'remembering the choice',
    faults: ['SIGKILL', 'Node killed', 'power off'],
    left: 'finished; the old choice or the new one',
    by: memory,
  },
  {
    stage: 'telling the shell',
    faults: ['ENOSPC', 'EACCES', 'EIO', 'EMFILE'],
    left: 'finished; the line to type is said instead',
    by: here,
  },
  {
    stage: 'telling the shell',
    faults: ['SIGKILL', 'Node killed', 'power off'],
    left: 'finished; the shell is told all of it or nothing, and what lies beside is cleared away the next time',
    by: here,
  },
];

export const never: readonly Never[] = [
  {
    stage: 'the shim, before Node',
    faults: disk,
    why: 'it writes nothing; of what it cannot read it says that the real pip runs (test/shim/start.test.ts)',
  },
  {
    stage: 'the shim, before Node',
    faults: [...net, 'power off'],
    why: 'it calls nobody and writes nothing',
  },
  { stage: 'the shim, before Node', faults: ['Node killed'], why: 'there is none yet' },
  {
    stage: 'Node, before pip',
    faults: ['ENOSPC', ...net, 'power off'],
    why: 'it calls nobody and writes nothing',
  },
  { stage: 'Node, before pip', faults: ['interpreter gone'], why: 'no Python is started; pip is next' },
  { stage: 'Node, before pip', faults: ['Node killed'], why: 'is SIGKILL: there is nothing but Node' },
  {
    stage: 'pip runs, and refuses',
    faults: [...disk, ...net, 'power off'],
    why: 'it refuses before it writes or calls anybody; what it cannot read it says itself',
  },
  {
    stage: 'pip runs, and refuses',
    faults: ['interpreter gone'],
    why: 'the shim has looked; within these milliseconds it is "cannot be started", as for EMFILE',
  },
  {
    stage: 'the question is open, and pip has not refused yet',
    faults: ['ENOSPC', ...net, 'power off'],
    why: 'this pip is held from writing anything and from calling anybody',
  },
  {
    stage: 'the question is open',
    faults: ['ENOSPC', ...net, 'power off'],
    why: 'nothing is written and nobody called',
  },
  { stage: 'making `.venv`', faults: net, why: 'nobody is called' },
  {
    stage: 'giving the environment a pip of its own',
    faults: ['interpreter gone'],
    why: 'it is the Python that has just installed; its failure is told as any other here',
  },
  {
    stage: 'giving the environment a pip of its own',
    faults: net,
    why: 'it comes from a wheel on this machine; where there is none pip fetches it, and its failure is told as any other here',
  },
  {
    stage: 'giving the environment a pip of its own',
    faults: ['Node killed'],
    why: 'its Python goes on to the end and hurts nobody: the environment is marked, and made anew',
  },
  {
    stage: 'taking off the mark of the unfinished',
    faults: ['ENOSPC', 'EMFILE'],
    why: 'unlink(2) needs neither room nor a descriptor',
  },
  {
    stage: 'taking off the mark of the unfinished',
    faults: ['interpreter gone', ...net],
    why: 'nothing is started and nobody called',
  },
  {
    stage: 'taking off the mark of the unfinished',
    faults: ['SIGKILL', 'power off', 'terminal closed'],
    why: 'one call of Node: before it or after it, as for Node killed',
  },
  {
    stage: 'remembering the choice',
    faults: ['interpreter gone', ...net],
    why: 'nothing is started and nobody called',
  },
  {
    stage: 'remembering the choice',
    faults: closed,
    why: 'eight calls of Node in a row: a signal takes effect after them, or is SIGKILL',
  },
  {
    stage: 'telling the shell',
    faults: ['interpreter gone', ...net],
    why: 'nothing is started and nobody called',
  },
  { stage: 'telling the shell', faults: closed, why: 'there is no shell to tell then' },
];

/** Cells that nothing speaks of, and those of which it is said that nothing can happen although something is shown. */
export function gaps(): string[] {
  const shown = (stage: Stage, fault: FaultName) =>
    rows.some((row) => row.stage === stage && row.fault === fault) ||
    elsewhere.some((row) => row.stage === stage && row.faults.includes(fault));
  const cannot = (stage: Stage, fault: FaultName) =>
    never.some((row) => row.stage === stage && row.faults.includes(fault));
  return stages.flatMap((stage) =>
    faults
      .filter((fault) => shown(stage, fault) === cannot(stage, fault))
      .map((fault) => `${stage}: ${fault}`),
  );
}

const code = (row: Row) => (typeof row.code === 'number' ? `${row.code}` : `by ${row.code}`);

/** The text of docs/faults.md. */
export function faultsPage(): string {
  const line = (...cells: string[]) => `| ${cells.join(' | ')} |`;
  const tables = stages.map((stage) => {
    const tried = rows
      .filter((row) => row.stage === stage)
      .map((row) => ({
        fault: row.fault,
        text: line(row.fault, row.where, row.left, code(row), row.says?.[0] ?? ''),
      }));
    const linked = elsewhere
      .filter((row) => row.stage === stage)
      .map((row) => ({
        fault: row.faults[0],
        text: line(row.faults.join(', '), '', row.left, '', `\`${row.by}\``),
      }));
    const order = (fault: FaultName | undefined) => (fault === undefined ? -1 : faults.indexOf(fault));
    const cells = [...tried, ...linked]
      .sort((a, b) => order(a.fault) - order(b.fault))
      .map(({ text }) => text);
    const cannot = never
      .filter((row) => row.stage === stage)
      .map((row) => `- ${row.faults.join(', ')}: ${row.why}.`);
    const head = [
      line('fault', 'strikes as', 'left', 'ends', 'said, or shown by'),
      '| --- | --- | --- | --- | --- |',
    ];
    return [`## ${stage[0]?.toUpperCase()}${stage.slice(1)}`, '', ...head, ...cells, '', ...cannot].join(
      '\n',
    );
  });
  return `${introduction}\n${tables.join('\n\n').replace(/\n+$/, '')}\n`;
}

const introduction = `# What is left when something fails

\`pip install\` with a choice that stands goes through these stages. If one of them fails, the project is in one of three states afterwards:

- **as before**: pip-detour has removed what it made, and only that;
- **finished**: the packages are in the environment, which is complete; if something beside it is missing, a line says what;
- **unfinished**: the environment holds our mark (\`.pip-detour-unfinished\`), or is an empty directory. Nothing takes it for finished, and the next run makes it anew. While pip-detour makes it, it touches the mark every second.
  If something in it changed more than five seconds after the last touch, somebody (or a pip that outlived us) has worked on: pip-detour leaves it alone and says what to delete.

It is never half an environment that looks whole. Each line with an exit code is a test in \`test/hostile/faults.test.ts\`, which makes a system call fail with strace(1) or fills a disk, looks at what is left, and
types the same command again; this page is written from those tests (\`npx vitest run test/hostile/faults.test.ts -u\`). "Power off" is every process of a rescue killed at one system
call: what is on disk then is what was written before it. With \`PIP_DETOUR_LONG_TESTS=1\` rows that only differ in the error are tried as well, and so is every
call that changes something in the project: the power off there, a full disk, a failing one.

Not promised: what the kernel had not yet written when the power went. Nobody calls fsync(2) for the whole of an environment, which can be made again; the memory does for what it writes.
`;
