// Archives that are the same bytes whoever makes them, wherever and whenever: tar (POSIX ustar), gzip, ar (deb(5)), zip.
import { deflateRawSync, gzipSync } from 'node:zlib';

/**
 * What goes into an archive: `{ path, bytes, mode }` for a file, `{ path, link }` for a symbolic link. Directories follow
 * from the paths. `seconds` is the time of everything, since 1970.
 */

const byPath = (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/** The directories that the entries lie in, outermost first. */
function directoriesOf(entries) {
  const found = new Set();
  for (const { path } of entries)
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1))
      if (path.slice(0, at) !== '.') found.add(path.slice(0, at));
  return [...found].map((path) => ({ path, directory: true }));
}

/** A tar in the format of POSIX.1-1988 (ustar), everything root's. */
export function tar(entries, seconds) {
  const blocks = [...directoriesOf(entries), ...entries].sort(byPath).flatMap((entry) => {
    const { bytes = Buffer.alloc(0) } = entry;
    const padding = Buffer.alloc((512 - (bytes.length % 512)) % 512);
    return [tarHeader(entry, bytes.length, seconds), bytes, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function tarHeader({ path, mode, link, directory }, size, seconds) {
  const name = directory ? `${path}/` : path;
  if (Buffer.byteLength(name) > 100) throw new Error(`release: ${name} is too long a name for a tar`);
  const header = Buffer.alloc(512);
  const octal = (value, at, length) => header.write(value.toString(8).padStart(length - 1, '0'), at);
  header.write(name, 0);
  octal(directory ? 0o755 : link === undefined ? mode : 0o777, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(seconds, 136, 12);
  header.write('        ', 148);
  header.write(directory ? '5' : link === undefined ? '0' : '2', 156);
  header.write(link ?? '', 157);
  header.write('ustar\u000000', 257);
  header.write('root', 265);
  header.write('root', 297);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return header;
}

/** Without a time, and with the same system (3, Unix) wherever it is made: RFC 1952. */
export function gzip(bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  packed[9] = 3;
  return packed;
}

/** An ar in the form that deb(5) has it. */
export function ar(members, seconds) {
  const parts = members.flatMap(({ name, bytes }) => [
    `${name.padEnd(16)}${String(seconds).padEnd(12)}0     0     100644  ${String(bytes.length).padEnd(10)}\`\n`,
    bytes,
    bytes.length % 2 === 1 ? '\n' : '',
  ]);
  return Buffer.concat(['!<arch>\n', ...parts].map((part) => Buffer.from(part)));
}

/** A zip with the modes of Unix (APPNOTE 6.3, without zip64). Entries stay in their order. */
export function zip(entries, seconds) {
  const time = dosTime(seconds);
  const bodies = [];
  const index = [];
  let at = 0;
  for (const { path, bytes, mode } of entries) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const name = Buffer.from(path);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    // The name is UTF-8.
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(time, 6);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 6);
    rest.writeUInt32LE(at, 10);
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    bodies.push(body);
    index.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, rest, name]));
    at += body.length;
  }
  const directory = Buffer.concat(index);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, directory, Buffer.from('PK\x05\x06'), end]);
}

/** A zip knows no time before 1980, and only every other second. */
function dosTime(seconds) {
  const date = new Date(Math.max(seconds, 315_532_800) * 1000);
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return ((day << 16) | clock) >>> 0;
}

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** node:zlib has one from Node 22 on. */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ crcTable[(crc ^ byte) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}
