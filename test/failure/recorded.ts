import { diagnose } from '../../src/failure/causes/diagnose.ts';
import { hear } from '../../src/failure/said/hear.ts';
import type { Cause } from '../../src/types.ts';

/** What these words come from. */
export const causeOf = (said: string): Cause | undefined => diagnose(hear(said));

/** What real programs said, recorded on Debian 12: gcc 12 in three languages, ld, dash, bash, Python 3.11, meson 1.12, pip 23.0.1. */
export const build = (said: string) => `error: subprocess-exited-with-error\n${said}`;
export const errno = (name: string) =>
  `    raise child_exception_type(errno_num, err_msg, err_filename)\nFileNotFoundError: [Errno 2] No such file or directory: '${name}'`;
/** What Python says where a file is read that is not there: no program was started. */
export const reading = (name: string) =>
  `  File "<string>", line 3, in <module>\n    for one in os.listdir('${name}'):\nFileNotFoundError: [Errno 2] No such file or directory: '${name}'`;
export const gcc = (error: string, colon = ':') =>
  `      a.c:1:10: ${error}: portaudio.h${colon} No such file or directory\n          1 | #include <portaudio.h>\n            |          ^~~~~~~~~~~~~`;
export const meson = `../meson.build:1:0: ERROR: Unknown compiler(s): [['cc'], ['gcc'], ['clang'], ['nvc']]
The following exception(s) were encountered:
Running \`cc --version\` gave "[Errno 2] No such file or directory: 'cc'"
Running \`nvc --version\` gave "[Errno 2] No such file or directory: 'nvc'"`;
