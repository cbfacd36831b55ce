import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchForRefusal } from '../../src/pip/refusal.ts';

const plain = [
  'error: externally-managed-environment',
  '',
  '× This environment is externally managed',
  '╰─> To install Python packages system-wide, try apt install',
  '    python3-xyz, where xyz is the package you are trying to',
  '',
  'note: If you believe this is a mistake, please contact your Python installation.',
  'hint: See PEP 668 for the detailed specification.',
  '',
].join('\n');
const coloured = plain
  .replace('error:', '\u001b[1;31merror\u001b[0m:')
  .replace('externally-managed-environment', '\u001b[1mexternally-managed-environment\u001b[0m')
  .replace('×', '\u001b[31m×\u001b[0m');
const ascii = plain.replace('× ', '').replace('╰─> ', '');

/** Feeds chunks; returns what was shown at once and what was held at the end. */
function watched(...chunks: string[]): { shown: string; held: string; seen: boolean } {
  const watch = watchForRefusal();
  const shown = chunks.map((chunk) => watch.push(Buffer.from(chunk)).toString('utf8')).join('');
  return { shown, held: watch.held().toString('utf8'), seen: watch.seen() };
}

describe("pip's refusal is recognised and held back", () => {
  it.each([
    ['plain', plain],
    ['coloured', coloured],
    ['without Unicode', ascii],
    ['with the line ends of a terminal', plain.replaceAll('\n', '\r\n')],
    ['with text that is not UTF-8 in the marker', plain.replace('apt', '\u00ff')],
  ])('%s', (_, text) => {
    expect(watched(text)).toEqual({ shown: '', held: text, seen: true });
  });

  it('after a warning, which is shown at once', () => {
    const warning = "WARNING: The directory '/x/.cache/pip' is not writable by the current user.\n";
    expect(watched(warning + plain)).toEqual({ shown: warning, held: plain, seen: true });
  });

  it('with the notice of a new pip after it (pip 23.0 to 24.1), held as well', () => {
    const text = `${plain}\n[notice] A new release of pip is available: 23.0 -> 26.2\n`;
    expect(watched(text).held).toBe(text);
  });

  it.each([
    ['at once', 0],
    ['after its indentation', 6],
    ['in the middle of it', 3],
  ])('not where it is indented, as pip shows what a build said of another pip, written %s', (_, cut) => {
    const text = plain.replace(/^(?=.)/gm, '      ');
    expect(watched(text.slice(0, cut), text.slice(cut))).toEqual({ shown: text, held: '', seen: false });
  });

  it('however it is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(plain, coloured, ascii),
        fc.array(fc.nat({ max: 400 }), { maxLength: 8 }),
        (text, cuts) => {
          const bytes = Buffer.from(`before\n${text}`);
          const watch = watchForRefusal();
          const shown: Buffer[] = [];
          let from = 0;
          for (const cut of [...cuts.sort((a, b) => a - b), bytes.length]) {
            shown.push(watch.push(bytes.subarray(from, Math.min(cut, bytes.length))));
            from = Math.min(cut, bytes.length);
          }
          expect(Buffer.concat(shown).toString()).toBe('before\n');
          expect(watch.held().toString()).toBe(text);
          expect(watch.seen()).toBe(true);
        },
      ),
    );
  });
});

describe('what only looks like it passes', () => {
  it.each([
    ['the words inside a line', 'see error: externally-managed-environment for more\n'],
    ['indented output of a build that shows another pip', '      error: externally-managed-environment!\n'],
    [
      'the first line alone, followed by something else',
      'error: externally-managed-environment\nand so on\n',
    ],
    ['another error after the blank line', 'error: externally-managed-environment\n\n× Something else\n'],
    ['a progress bar', '\r 10%\r 20%\r'],
    ['an error of another kind', 'error: subprocess-exited-with-error\n\n× Getting requirements\n'],
  ])('%s', (_, text) => {
    const result = watched(text);
    expect(result.seen).toBe(false);
    expect(result.shown + result.held).toBe(text);
    expect(result.held).toBe('');
  });

  it('any bytes at all come out as they went in, in order', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
            fc
              .constantFrom('error: ', 'externally-managed-environment', '\n', '\u001b[1m')
              .map((text) => Buffer.from(text)),
          ),
          { maxLength: 12 },
        ),
        (chunks) => {
          const watch = watchForRefusal();
          const shown = chunks.map((chunk) => watch.push(chunk));
          expect(Buffer.concat([...shown, watch.release()])).toEqual(Buffer.concat(chunks));
        },
      ),
    );
  });

  it('a question without a line end is shown before it is answered', () => {
    expect(watched('Proceed (Y/n)? ')).toEqual({ shown: 'Proceed (Y/n)? ', held: '', seen: false });
  });
});
