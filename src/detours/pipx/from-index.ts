import type { IndexAnswer, PackageFacts } from '../../types.ts';

/**
 * Whether a package that no table lists is made to be run, by what it says of itself. Each row is a sign and its weight;
 * without a command there is nothing to run, and what is in doubt is none: pipx would keep it from whoever imports it.
 */
const enough = 3;

type Sign = readonly [weight: number, seen: (of: Seen) => boolean];

interface Seen extends Omit<PackageFacts, 'commands'> {
  readonly name: string;
  readonly commands: readonly string[];
}

const inSummary =
  (pattern: RegExp) =>
  ({ summary }: Seen) =>
    pattern.test(summary);
const inName =
  (pattern: RegExp) =>
  ({ name }: Seen) =>
    pattern.test(name);
const classified =
  (pattern: RegExp) =>
  ({ classifiers }: Seen) =>
    classifiers.some((one) => pattern.test(one));

const isCalledProgram = inSummary(
  /\b(?:tool|utility|app|application|program|command|downloader|converter|generator|scanner|linter|formatter|viewer|explorer|manager|runner|installer|launcher|editor|game|assistant|agent|bot|server|daemon|proxy|client|monitor|analy[sz]er|checker|scaffold\w*)\b/i,
);

const isCalledForTheTerminal = inSummary(
  /\b(?:cli|tui|command[- ]line|(?:from|in|for) (?:the|your) (?:terminal|shell)|terminal (?:ui|app|application|client|tool|user interface)|gui|desktop app|mcp server)\b/i,
);

const isCalledLibrary = inSummary(
  /\b(?:library|libraries|sdk|framework|bindings?|wrapper|toolkit|plug-?in|extension|add-?on|middleware|stubs?|type hints|python (?:module|package|client|interface|api|port)|module|package for|package to|integration|adapter|provider|backend|api for|bibliothek|bibliothèque|libreria|librería|biblioteca)\b/i,
);

const signs: readonly Sign[] = [
  // How it is to be installed, in its own words.
  [3, ({ says }) => says.includes('pipx')],
  [2, inName(/(?:-(?:tui|gui|dl|bot|app|mcp|mcp-server)|cli|ctl)$/)],
  [3, isCalledForTheTerminal],
  [1, isCalledProgram],
  [1, ({ name, commands }) => commands.some((command) => isNamedAfter(command, name))],
  [1, classified(/^Environment :: (?:Console|X11|Win32|MacOS)/)],
  [1, classified(/^Intended Audience :: End Users/)],
  [3, isMostlyTyped],
  [2, (seen) => isOnlyTyped(seen) && !isMostlyTyped(seen)],
  [1, (seen) => isCalledProgram(seen) && seen.says.includes('described') && !isImported(seen)],
  [1, classified(/^Topic :: (?:Utilities|Terminals|Games|Desktop|Office|System :: (?!Distributed))/)],
  // A server for somebody's own application has to see that.
  [-4, inSummary(/\b(?:asgi|wsgi)\b/i)],
  // What it is for whoever imports it, or has it look at what is imported.
  [-2, inSummary(/\b(?:(?:for|in|of|with) python|python (?:code|packages|projects?|scripts?))\b/i)],
  [
    -4,
    inSummary(
      /\b(?:creat|build|mak|writ|develop|turn)\w*\b.*\b(?:clis?|command[- ]lines?|terminal|tuis?|guis?|tools|apps|applications|bots|interfaces)\b|\bparser\b/i,
    ),
  ],
  [-1, isImported],
  [
    -2,
    (seen) => isImported(seen) && !isMostlyTyped(seen) && !(isCalledForTheTerminal(seen) && isTyped(seen)),
  ],
  [-2, ({ compiled }) => compiled === true],
  [-2, ({ extras }) => extras.some((extra) => /^(?:cli|cmd|command|console)$/i.test(extra))],
  // A group that bears its own name is where its own plugins are entered.
  [-2, ({ groups, name }) => groups.some((group) => !sameWord(group.split('.')[0] ?? '', name))],
  [-2, isCalledLibrary],
  [-2, (seen) => isCalledLibrary(seen) && !isOnlyTyped(seen)],
  [
    -4,
    inName(
      /^(?:types|django|flask|pytest|sphinx|sphinxcontrib|mkdocs|mypy|pylint|flake8|langchain|llama-index|jupyter|jupyterlab|nb|ipy|odoo|airflow|apache-airflow|opentelemetry|google-cloud|azure|aws-cdk|pulumi|dagster|tree-sitter|robotframework|zope|collective|plone)-|-(?:sdk|client|api|lib|core|stubs|types|plugin|extension|bindings|python|py|utils|common|schemas?)$/,
    ),
  ],
  [-1, classified(/^Topic :: Software Development :: Libraries/)],
  [
    -3,
    classified(
      /^Framework :: (?!AsyncIO|FastAPI|Pydantic|AnyIO|Trio|Hypothesis|IPython|Jupyter$|Matplotlib|Hatch|Flake8|tox|Pytest$)/,
    ),
  ],
  [-1, (seen) => classified(/^Intended Audience :: (?:Science|Education)/)(seen) && !isOnlyTyped(seen)],
];

/** Its commands are shown so often that an import is an afterthought. */
function isMostlyTyped({ says }: Seen): boolean {
  return says.includes('mostly-typed');
}

function isTyped({ says }: Seen): boolean {
  return says.includes('typed');
}

function isOnlyTyped(seen: Seen): boolean {
  return isTyped(seen) && !isImported(seen);
}

function isImported({ says }: Seen): boolean {
  return says.includes('import');
}

/** True for an application, false for what is known and may be a library; undefined where too little is known. */
export function isMadeToBeRun(answer: IndexAnswer): boolean | undefined {
  if (answer.kind !== 'found' && answer.kind !== 'python') return undefined;
  if (answer.package?.commands === undefined) return undefined;
  const { commands } = answer.package;
  return commands.length > 0 && weigh({ ...answer.package, name: answer.name, commands }) >= enough;
}

function weigh(seen: Seen): number {
  return signs.reduce((sum, [weight, isSeen]) => sum + (isSeen(seen) ? weight : 0), 0);
}

/** `grip` of grip-ai and `pcbdraw` of PcbDraw. */
function isNamedAfter(command: string, name: string): boolean {
  return (
    sameWord(command, name) || name.split('-').some((part) => part.length > 3 && sameWord(command, part))
  );
}

function sameWord(one: string, other: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return bare(one) === bare(other);
}
