import { path, type Rule, word } from './rule.ts';

/** Sentences of a build's author that name a header, a library or a program for certain. */
export const rulesOfSentences: readonly Rule[] = [
  // evdev: `The 'linux/input.h' and 'linux/input-event-codes.h' include files\nare missing`.
  {
    kind: 'header',
    pattern: new RegExp(
      `['"\`](?<name>${path}\\.h)['"\`][^\\n]{0,80}\\b(?:include|header) files?\\s+(?:is|are|was|were) (?:missing|required|needed|not found)`,
      'gm',
    ),
  },
  // Pillow: `The headers or library files could not be found for zlib, a required dependency`.
  { kind: 'library', pattern: new RegExp(`library files could not be found for (?<name>${word})`, 'gm') },
  // `Please install pkg-config on your system`, `You need to install gcc to build this module`.
  {
    kind: 'program',
    pattern:
      /(?:please|need to|have to|must|should) (?:first )?install (?:the )?["'`]?(?<name>gcc|g\+\+|gfortran|make|cmake|ninja|meson|git|swig|bison|flex|cargo|rustc|pkg-config|autoconf|automake|libtool|nasm|patchelf)\b/gim,
  },
  // "Could not find `dot` executable!"
  {
    kind: 'program',
    pattern: new RegExp(
      `(?:find|locate|run) (?:the )?["'\`](?<name>${word})["'\`] (?:executable|program|command|binary)`,
      'gim',
    ),
  },
  // "The 'make' utility is missing from PATH".
  {
    kind: 'program',
    pattern: new RegExp(
      `["'\`](?<name>${word})["'\`] (?:utility|program|tool|command|executable|binary) (?:is|was) (?:missing|required|needed|not)`,
      'gim',
    ),
  },
  {
    kind: 'program',
    pattern:
      /(?<!\w)(?<name>\w[\w+-]*[-_]config)["'`]?(?: executable| script| command| binary)? (?:was |is |could |can)?not (?:be )?(?:found|located|available|installed|in)/gim,
  },
  {
    kind: 'program',
    pattern:
      /(?:Could not|Cannot|can't|Unable to|Failed to) (?:find|run|locate|execute|invoke|call|start)(?:\/run)?(?: the)? ["'`]?(?<name>\w+[-_]config|pkg-config|swig|bison|flex|javac?|git|cmake|ninja|make|autoconf|autoreconf|automake|libtool|nasm|yasm|patchelf|protoc|llvm-config)\b(?!\s+\(missing:)/gim,
  },
  {
    kind: 'program',
    pattern:
      /configure: error: .*?\b(?<name>swig|bison|flex|cmake|nasm|yasm|perl|m4|gperf|makeinfo)\b.*(?:not found|required|install)/gim,
  },
];
