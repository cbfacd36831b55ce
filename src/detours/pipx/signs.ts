import * as seen from './seen.ts';

const { both, classified, either, named, not, opens, shows, summed } = seen;

const program =
  /\b(?:tool|utility|app|application|program|script|command|downloader|converter|generator|compiler|scanner|linter|formatter|viewer|explorer|manager|runner|installer|launcher|editor|game|assistant|agent|bot|server|daemon|proxy|client|monitor|dashboard|player|tracker|organi[sz]er|translator|transpiler|profiler|debugger|extractor|crawler|scraper|cleaner|finder|watcher|wizard|analy[sz]er|checker|scaffold\w*)\b/i;
const forTheTerminal =
  /\b(?:cli|tui|command[- ]line|(?:from|in|for) (?:the|your) (?:terminal|shell)|terminal (?:ui|app|application|client|tool|user interface)|gui|desktop app|mcp server)\b/i;
/** What it does, as one is told to do it; libraries are rather called by what they are. */
const imperative =
  /^(?:(?:easily|quickly|automatically) )?(?:analy[sz]e|archive|audit|automate|back ?up|bridge|browse|check|clean|clone|communicate|compare|convert|detect|display|download|export|extract|find|fix|format|generate|get|keep|launch|lint|list|manage|measure|merge|monitor|move|organi[sz]e|pack|play|print|rank|record|remove|rename|rotate|run|scaffold|scan|search|send|show|sort|spellcheck|spot|summari[sz]e|sync\w*|tabulate|test|track|transcribe|transfer|translate|triage|upload|view|watch)\b/i;

const isProgram = summed(program);
const isForTheTerminal = summed(forTheTerminal);
const isLibrary = summed(
  /\b(?:library|libraries|sdk|bindings?|plug-?in|extension|add-?on|middleware|stubs?|type hints|module|python (?:package|client|interface|api|port)|api for|bibliothek|bibliothèque|libreria|librería|biblioteca)\b/i,
);
const mayBeLibrary = both(
  summed(/\b(?:framework|toolkit|wrapper|package (?:for|to)|integration|adapter|provider|backend)\b/i),
  not(isLibrary),
);
const opensAsLibrary = both(
  opens(
    /\b(?:python|an?|the|this) (?:[\w-]+ ){0,4}?(?:library|sdk|framework|bindings?|wrapper|python (?:module|package|client|interface|api))\b/i,
  ),
  not(either(isLibrary, isForTheTerminal)),
);
const makesPrograms = summed(
  /\b(?:creat|build|mak|writ|develop|turn)\w*\b.*\b(?:clis?|command[- ]lines?|terminal|tuis?|guis?|tools|apps|applications|bots|interfaces)\b|\b(?:cli|command[- ]line|tui|terminal|gui|web|bot|game) (?:framework|toolkit|builder)\b|\bparser\b/i,
);
const isAboutPython = summed(
  /\b(?:(?:for|in|of|with|pure) python|python (?:code|packages|projects?|scripts?))\b/i,
);

const isDescribed = shows('described');
const isImported = shows('import');
const isTyped = shows('typed');
const isMostlyTyped = shows('mostly-typed');
const isTypedFirst = shows('typed-first');
/** Its commands are shown, and nothing is imported: what words like "framework" leave open is all but settled. */
const isOnlyTyped = both(isTyped, not(isImported));

/** What speaks for a program, or against it, and how much. */
export type Sign = readonly [weight: number, trait: seen.Trait];

const howItIsUsed: readonly Sign[] = [
  // It is to be installed as a program, in its own words.
  [3, either(shows('pipx'), ({ groups }) => groups.includes('pipx.run'))],
  // That outweighs most of what an import shown first takes away.
  [2, both(shows('pipx'), isImported, not(isTypedFirst))],
  // Neither an import nor a command is shown, but there is a command of its name: a library would show its import.
  [1, both(isDescribed, not(isImported), not(isTyped), seen.hasItsCommand)],
  // Commands are typed, and nothing else. Often is better.
  [2, isOnlyTyped],
  [1, both(isOnlyTyped, isMostlyTyped)],
  // An import is shown as well: far behind many commands, behind some, or before them.
  [2, both(isImported, isMostlyTyped)],
  [1, both(isImported, isTypedFirst, not(isMostlyTyped))],
  [-1, both(isImported, not(isTypedFirst), isForTheTerminal, isTyped)],
  [-3, both(isImported, not(isTypedFirst), not(both(isForTheTerminal, isTyped)))],
];

const whatItIsCalled: readonly Sign[] = [
  [3, isForTheTerminal],
  [2, both(opens(forTheTerminal), not(isForTheTerminal), not(isImported))],
  [1, either(isProgram, summed(imperative), opens(program))],
  [1, both(isProgram, isDescribed, not(isImported))],
  [2, named(/(?:-(?:tui|gui|dl|bot|app|mcp|mcp-server)|cli|ctl)$/)],
  [1, seen.hasItsCommand],
  [1, classified(/^Environment :: (?:Console|X11|Win32|MacOS)/)],
  [1, classified(/^Intended Audience :: (?:End Users|System Administrators)/)],
  [1, classified(/^Topic :: (?:Utilities|Terminals|Games|Desktop|Office|System :: (?!Distributed))/)],
  // A library by its own word; a word for both counts less where only commands are shown.
  [-4, both(isLibrary, not(both(isOnlyTyped, isMostlyTyped)))],
  [-2, both(isLibrary, isOnlyTyped, isMostlyTyped)],
  [-3, both(mayBeLibrary, not(isOnlyTyped))],
  [-1, both(mayBeLibrary, isOnlyTyped)],
  [-2, both(opensAsLibrary, not(isOnlyTyped))],
  [-1, both(opensAsLibrary, isOnlyTyped)],
  [-1, classified(/^Topic :: Software Development :: Libraries/)],
  [-1, both(classified(/^Intended Audience :: (?:Science|Education)/), not(isOnlyTyped))],
];

const whatItHasToSee: readonly Sign[] = [
  // A server for somebody's own application, and what works on somebody's own code.
  [-4, summed(/\b(?:asgi|wsgi)\b/i)],
  [
    -3,
    summed(
      /\b(?:for|with|in|of) (?:django|flask|fastapi|sqlalchemy|pydantic|pandas|numpy|pytorch|tensorflow|jupyter|pytest|sphinx)\b/i,
    ),
  ],
  [-1, isAboutPython],
  [-1, both(isAboutPython, not(isOnlyTyped))],
  // What others' programs are made with.
  [-2, makesPrograms],
  [-2, both(makesPrograms, not(isOnlyTyped))],
  // Part of another project, by its name, its entry points or its classifiers.
  [
    -4,
    named(
      /^(?:types|django|flask|pytest|sphinx|sphinxcontrib|mkdocs|mypy|pylint|flake8|langchain|llama-index|jupyter|jupyterlab|nb|ipy|odoo|airflow|apache-airflow|opentelemetry|google-cloud|azure|aws-cdk|pulumi|dagster|tree-sitter|robotframework|zope|collective|plone)-|-(?:sdk|client|api|lib|core|stubs|types|plugin|extension|bindings|utils|common|schemas?)$/,
    ),
  ],
  [-2, named(/-(?:python|py)$/)],
  [-4, seen.isPlugin],
  [
    -3,
    classified(
      /^Framework :: (?!AsyncIO|FastAPI|Pydantic|AnyIO|Trio|Hypothesis|IPython|Jupyter$|Matplotlib|Hatch|Flake8|tox|Pytest$)/,
    ),
  ],
];

const whatItHolds: readonly Sign[] = [
  [
    1,
    both(seen.offersNothing, either(isTyped, isProgram, opens(program), both(isDescribed, not(isImported)))),
  ],
  [-1, seen.offersMuch],
  [-3, ({ compiled }) => compiled === true],
  // The command is an extra of a library.
  [-3, ({ extras }) => extras.some((extra) => /^(?:cli|cmd|command|console)$/i.test(extra))],
];

/** Every sign. Each is what a person would look at; none knows a name of a project that is not a kind. */
export const signs: readonly Sign[] = [...howItIsUsed, ...whatItIsCalled, ...whatItHasToSee, ...whatItHolds];
