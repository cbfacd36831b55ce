/** A text, and how it goes back into the bytes it came from, whatever of it was not understood. */
export interface Encoded {
  readonly text: string;
  encode(text: string): Buffer;
}

/**
 * Reads a requirements file's bytes as pip does (pip/_internal/utils/encoding.py, auto_decode): by its byte order mark, as
 * UTF-8, else as whatever one byte a character is. Undefined for UTF-16 of the order that no program writes unasked.
 */
export function decoded(bytes: Buffer): Encoded | undefined {
  const [first, second] = bytes;
  if (first === 0xfe && second === 0xff) return undefined;
  const name = first === 0xff && second === 0xfe ? 'utf16le' : isUtf8(bytes) ? 'utf8' : 'latin1';
  return { text: bytes.toString(name), encode: (text) => Buffer.from(text, name) };
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
