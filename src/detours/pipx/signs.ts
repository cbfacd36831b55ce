import * as seen from './seen.ts';
import * as words from './words.ts';

const { both, classified, either, named, not, opens, shows, summed } = seen;

const isProgram = summed(words.program);
const isForTheTerminal = summed(words.forTheTerminal);
const isLibrary = summed(words.library);
const mayBeLibrary = both(summed(words.mayBeLibrary), not(isLibrary));
const opensAsLibrary = both(opens(words.asLibrary), not(either(isLibrary, isForTheTerminal)));
const makesPrograms = summed(words.makesPrograms);
const isAboutPython = summed(words.aboutPython);

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
  [2, both(shows('typed-before'), not(isTypedFirst), not(isForTheTerminal))],
  [-2, both(isImported, not(isTyped))],
  // Whoever publishes a library says how it is used.
  [2, both(({ opening }) => opening.length < 80, not(either(isDescribed, isTyped, isImported)))],
  // It is to be added to a project.
  [-2, shows('added')],
  [-4, shows('beside-others')],
  [1, shows('many-options')],
  [1, shows('other-installers')],
];

const whatItIsCalled: readonly Sign[] = [
  [3, isForTheTerminal],
  [2, both(opens(words.forTheTerminal), not(isForTheTerminal), not(isImported))],
  [1, either(isProgram, summed(words.imperative), opens(words.program))],
  [1, both(isProgram, isDescribed, not(isImported))],
  [1, opens(words.callsItselfOne)],
  [1, summed(words.forAgents)],
  [2, summed(/\bmcp server\b/i)],
  [1, summed(words.forYou)],
  [2, named(/(?:-(?:tui|gui|dl|bot|app|mcp|mcp-server)|cli|ctl)$/)],
  [1, seen.hasItsCommand],
  [1, classified(/^Environment :: (?:Console|X11|Win32|MacOS)/)],
  [1, classified(/^Intended Audience :: (?:End Users|System Administrators)/)],
  [1, classified(/^Topic :: (?:Utilities|Terminals|Games|Desktop|Office|System :: (?!Distributed))/)],
  // A library by its own word; a word for both counts less where only commands are shown.
  [-4, both(isLibrary, not(both(isOnlyTyped, isMostlyTyped)))],
  [-2, both(isLibrary, isOnlyTyped, isMostlyTyped)],
  [-3, both(mayBeLibrary, not(either(isOnlyTyped, isForTheTerminal)))],
  [-1, both(mayBeLibrary, either(isOnlyTyped, isForTheTerminal))],
  [-2, both(opensAsLibrary, not(isOnlyTyped))],
  [-1, both(opensAsLibrary, isOnlyTyped)],
  [-1, summed(words.several)],
  [-1, classified(/^Topic :: Software Development :: Libraries/)],
  [-1, both(classified(/^Intended Audience :: (?:Science|Education)/), not(isOnlyTyped))],
];

const whatItHasToSee: readonly Sign[] = [
  // Its command is given a name out of somebody's own modules, which pipx keeps it from.
  [-12, shows('loads-code')],
  // A server for somebody's own application, and what works on somebody's own code.
  [-4, summed(/\b(?:asgi|wsgi)\b/i)],
  [-3, summed(words.forLibraries)],
  [-4, summed(words.forModels)],
  [-4, summed(words.runsTests)],
  // What looks at requirements most often looks at what is installed as well.
  [-3, summed(/\brequirements?\.(?:txt|in)\b/i)],
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
    both(
      seen.offersNothing,
      either(isTyped, isProgram, opens(words.program), both(isDescribed, not(isImported))),
    ),
  ],
  [-1, seen.offersMuch],
  [-3, ({ compiled }) => compiled === true],
  // The command is an extra of a library.
  [-3, ({ extras }) => extras.some((extra) => /^(?:cli|cmd|command|console)$/i.test(extra))],
];

const whatItIsMadeOf: readonly Sign[] = [
  [1, seen.dependsOn(words.ofPrograms)],
  [1, seen.dependsOn(words.servers)],
  [1, seen.pins],
  [-2, ({ typed }) => typed === true],
];

/** Every sign. Each is what a person would look at; none knows a name of a project that is not a kind. */
export const signs: readonly Sign[] = [
  ...howItIsUsed,
  ...whatItIsCalled,
  ...whatItHasToSee,
  ...whatItHolds,
  ...whatItIsMadeOf,
];
