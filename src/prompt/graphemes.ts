/*
 * What the text libraries under Ink are given in place of Intl.Segmenter and of string-width's table of emoji. Both are
 * right and slow to begin with: the first Segmenter reads 20 ms of ICU, the first emoji is a regular expression of 14 kB
 * to compile, and the prompt is made of letters. scripts/build.mjs puts this in; a test holds it to the originals.
 */

/** Characters that are a grapheme each, whatever stands beside them: no marks, joiners, surrogates, Hangul, nor CR LF. */
const single =
  /^[\0-\x0c\x0e-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25ff\u2700-\u27bf]*$/;

/** Of these, characters one column wide: no controls, nothing that may be an emoji. */
const narrow = /^[ -~\xa0-\xa8\xaa-\xac\xaf-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u257f\u2713\u276f]*$/;

/** True when `text` takes as many columns as it has characters. */
export function isNarrow(text: string): boolean {
  return narrow.test(text);
}

/** As `new Intl.Segmenter()`, which is made only for text that needs one. */
export function segmenter(): Pick<Intl.Segmenter, 'segment'> {
  let real: Intl.Segmenter | undefined;
  return {
    segment(text) {
      if (single.test(text)) return characters(text);
      real ??= new Intl.Segmenter();
      return real.segment(text);
    },
  };
}

function characters(text: string): Intl.Segments {
  const at = (index: number): Intl.SegmentData => ({ segment: text.charAt(index), index, input: text });
  return {
    containing: (index = 0) => at(index),
    *[Symbol.iterator]() {
      for (let index = 0; index < text.length; index += 1) yield at(index);
      return undefined;
    },
  };
}
