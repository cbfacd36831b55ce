import { type Rule, word } from './rule.ts';
import { toolNames } from './tool-names.ts';

/** What says that a program is not there because it was to be started: Python, distutils, make, the shells and cargo. */

/** Where programs lie. A path to another place is the source's own file, or the directory that a program was to run in. */
const bin = '(?:/\\S*/s?bin/)?';

/** What has an ending or is written in capitals (README.md, VERSION) is a file; and subprocess.run(…, cwd='src') names the directory alone. */
const noFile =
  "(?![^'\\n/]*\\.[A-Za-z]\\w*'|[A-Z_]{2,}'|(?:src|sources?|data|config|builds?|dist|libs?|include|vendor|third_party|external|extern|deps|docs?|tests?|bindings|native|cpp|core|scripts|tools|requirements)')";

/** Names that stand for nothing but a program: no directory and no file of a source is called so. */
const tools = `(?:x86_64-linux-gnu-|aarch64-linux-gnu-)?(?:${toolNames}|c\\+\\+|clang(?:\\+\\+)?|rustup|pkg-config|pkgconf|autoreconf|aclocal|libtoolize|bazel|scons|makeinfo|help2man|qmake6?|mpicc|mpicxx|f77|f95|ghc|dotnet|ranlib|ldconfig|lsb_release|dpkg-architecture|\\w+[-_]config(?:-\\d+)?)`;

/**
 * How the shells say it in the languages of bash 5.2 (its catalogs, msgid `%s: command not found`). Nothing else that a
 * shell says of a word proves this: cd, a redirection and `set -u` say something of a word, too.
 */
const notFound = [
  'command not found',
  "no s'ha trobat l'ordre",
  'příkaz nenalezen',
  'kommando ikke fundet',
  'Kommando nicht gefunden',
  'εντολή δεν βρέθηκε',
  'Komando ne trovita',
  'orden no encontrada',
  'käsku ei ole',
  'komentoa ei löydy',
  'commande introuvable',
  'níor aimsíodh an t-ordú',
  'non se atopou a orde',
  'naredba nije pronađena',
  'parancs nem található',
  'perintah tidak ditemukan',
  'comando non trovato',
  'コマンドが見つかりません',
  '명령어를 찾을 수 없음',
  'komanda nerasta',
  'opdracht niet gevonden',
  'nie znaleziono polecenia',
  'comando não encontrado',
  'comandă negăsită',
  'команда не найдена',
  'командата не е открита',
  'príkaz nenájdený',
  'ukaza ni mogoče najti',
  'нема такве наредбе',
  'kommandot finns inte',
  'komut yok',
  'команду не знайдено',
  'không tìm thấy lệnh',
  'bevel nie gevind nie',
  '未找到命令',
  '指令找不到',
];

/** A row for each that starts programs. */
export const rulesOfStarting: readonly Rule[] = [
  // subprocess.py of Python 3.6 to 3.14, and os.execvpe: the last line that they tell of before the exception.
  {
    kind: 'program',
    pattern: new RegExp(
      `(?:, in (?:_execute_child|_posix_spawn|_execvpe)|\\bchild_exception_type\\([^\\n]*\\))\\n(?:(?!File ")[^\\n]*\\n){0,4}(?:\\w+: )?\\[Errno 2\\][^'\\n]*'${bin}${noFile}(?<name>${word})'`,
      'gm',
    ),
  },
  // Without these lines only a program's name tells that it was to be started, not read.
  {
    kind: 'program',
    pattern: new RegExp(
      `(?<!gave "|Could not open [^\\n]*|Could not install [^\\n]*)\\[Errno 2\\][^'\\n]*'${bin}(?<name>${tools})'`,
      'gm',
    ),
  },
  // setuptools' own line for what a setup.py has raised: a directory is called so, too, but seldom looked for by it (M2Crypto).
  { kind: 'program', pattern: /^error: \[Errno 2\][^'\n]*'(?<name>cpp)'$/gm },
  // distutils and setuptools: `error: command 'gcc' failed: No such file or directory`.
  {
    kind: 'program',
    pattern: new RegExp(
      `[Ee]rror: command '${bin}(?<name>${word})' failed: (?!with exit|Permission |Exec format|Argument list|Cannot allocate)\\S`,
      'gm',
    ),
  },
  {
    kind: 'program',
    pattern: new RegExp(`unable to execute '?(?<name>${word})'?: (?!Permission |Exec format)`, 'gm'),
  },
  // dash and busybox: `/bin/sh: 1: pkg-config: not found`, `./configure: 12: exec: swig: not found`.
  {
    kind: 'program',
    pattern: new RegExp(
      `^(?:/\\S*/)?(?:ba|da|a|k)?sh: (?:[^\\d:\\n]{0,20}\\d+: )?(?:exec: )?(?:line \\d+: )?(?<name>${word}): not found$`,
      'gm',
    ),
  },
  {
    kind: 'program',
    pattern: new RegExp(`^(?:/\\S+/)?\\S+: (?:\\S+ )?\\d+: (?:exec: )?(?<name>${word}): not found$`, 'gm'),
  },
  // bash: `bash: line 1: cmake: command not found`; zsh and fish name it last, and so does bash in Norwegian.
  {
    kind: 'program',
    pattern: new RegExp(
      `(?<![\\w.+-])(?<name>${word})\\s?[:：]\\s?(?:${notFound.join('|')})(?=[.\\s]|$)`,
      'gm',
    ),
  },
  {
    kind: 'program',
    pattern: new RegExp(
      `(?:^(?:/\\S*/)?zsh:(?:\\d+:)? command not found|^fish: Unknown command:|fant ikke kommando):? (?<name>${word})$`,
      'gm',
    ),
  },
  // make: `make: cmake: No such file or directory` and, below it, the number that a shell has for this: 127.
  {
    kind: 'program',
    pattern: new RegExp(
      `^g?make(?:\\[\\d+\\])?: (?!execvp\\b)(?<name>${word})\\s?[:：] ?(?!\\*)[^\\n]*\\n(?:[^\\n]*\\n){0,3}?g?make(?:\\[\\d+\\])?: \\*\\*\\* \\[[^\\n]*\\][^\\]\\d\\n]*127$`,
      'gm',
    ),
  },
  // `/usr/bin/env: ‘perl’: No such file or directory`, of a script's first line, in whatever language.
  {
    kind: 'program',
    pattern: new RegExp(
      `^(?:/usr/bin/)?env: [^\\w\\s/.-]?(?<name>${word})[^\\w\\s/.-]?(?:: |： ?)(?!Permission )\\S`,
      'gm',
    ),
  },
  // cargo, and its build scripts.
  { kind: 'program', pattern: new RegExp(`^error: linker \`(?<name>${word})\` not found`, 'gm') },
  { kind: 'program', pattern: new RegExp(`\\bis \`(?<name>${word})\` not installed\\?`, 'gm') },
];
