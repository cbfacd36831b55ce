// The .deb for all of a machine's users (deb(5), Debian Policy 4.7): written here, so that it is the same bytes everywhere.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ar, gzip, tar } from './archives.mjs';
import { below, fileEntry, programFor } from './program.mjs';

const home = 'usr/share/pip-detour';
const doc = 'usr/share/doc/pip-detour';
/** A text that every Debian system has (Policy 12.5). */
const apache = /^\s*Apache License\s+Version 2\.0, January 2004[\s\S]*?END OF TERMS AND CONDITIONS/gm;
/** What has its place elsewhere in a Debian system. */
const elsewhere = /^(?:LICENSE|LICENSE-3rd-party|man\/.*)$/;

export function deb(release) {
  const { version, seconds } = release;
  const data = dataOf(release);
  const member = (entries) =>
    gzip(
      tar(
        entries.map((entry) => ({ ...entry, path: `./${entry.path}` })),
        seconds,
      ),
    );
  const members = [
    { name: 'debian-binary', bytes: Buffer.from('2.0\n') },
    { name: 'control.tar.gz', bytes: member(controlOf(release, data)) },
    { name: 'data.tar.gz', bytes: member(data) },
  ];
  return { name: `pip-detour_${version}_all.deb`, bytes: ar(members, seconds) };
}

function dataOf(release) {
  const { top, program } = release;
  const text = (path) => readFileSync(join(top, path), 'utf8');
  const built = (path) => program.find((entry) => entry.path === path)?.bytes;
  const link = (path, to) => ({ path, link: to });
  return [
    ...below(home, programOf(release)),
    fileEntry('usr/bin/pip-detour', `#!/bin/sh\nexec /${home}/shims/pip-detour "$@"\n`, true),
    fileEntry('usr/share/man/man1/pip-detour.1.gz', gzip(built('man/man1/pip-detour.1'))),
    link('usr/share/bash-completion/completions/pip-detour', '../../pip-detour/completions/pip-detour.bash'),
    link(
      'usr/share/fish/vendor_completions.d/pip-detour.fish',
      '../../pip-detour/completions/pip-detour.fish',
    ),
    link('usr/share/zsh/vendor-completions/_pip-detour', '../../pip-detour/completions/_pip-detour'),
    fileEntry(`${doc}/copyright`, copyright(text('LICENSE'), built('LICENSE-3rd-party'))),
    fileEntry(`${doc}/changelog.gz`, gzip(Buffer.from(changelog(release)))),
    fileEntry(`${doc}/NEWS.md.gz`, gzip(Buffer.from(text('CHANGELOG.md')))),
  ];
}

/** The program without what lies elsewhere, and the list of its files to match. */
function programOf(release) {
  return programFor('deb', release)
    .filter(({ path }) => !elsewhere.test(path))
    .map((entry) => {
      if (entry.path !== 'built-from.json') return entry;
      const { sources, built } = JSON.parse(entry.bytes.toString());
      const here = Object.entries(built).filter(([path]) => !elsewhere.test(path));
      return fileEntry(entry.path, `${JSON.stringify({ sources, built: Object.fromEntries(here) })}\n`);
    });
}

function controlOf(release, data) {
  const files = data.filter(({ bytes }) => bytes !== undefined);
  const sums = files.map(({ path, bytes }) => `${createHash('md5').update(bytes).digest('hex')}  ${path}\n`);
  const kilobytes = files.reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / 1024), 0);
  const script = (name) =>
    fileEntry(name, readFileSync(join(release.top, 'scripts/release/debian', name)), true);
  return [
    fileEntry('control', control(release, kilobytes)),
    fileEntry('md5sums', sums.sort().join('')),
    ...['postinst', 'prerm', 'postrm'].map(script),
  ];
}

/** A Node, or a pip that can bring one: `pip-detour setup --with-node`. */
function control({ version, about, maintainer, url }, kilobytes) {
  return `Package: ${about.name}
Version: ${version}
Architecture: all
Maintainer: ${maintainer}
Installed-Size: ${kilobytes}
Depends: python3, nodejs (>= ${about.runs}) | python3-pip
Recommends: nodejs (>= ${about.runs}), pipx, python3-pip
Section: python
Priority: optional
${url === '' ? '' : `Homepage: ${url}\n`}Description: choose a way round where pip refuses to install
 Where the system's Python is externally managed (PEP 668), "pip install" ends
 with an error. pip-detour stands in front of pip. It hands on all that would
 have worked, and asks only when pip refuses: a virtual environment here, an
 application with pipx, a package of the system, or another Python. It runs the
 same command there and remembers the answer for the directory.
 .
 Nobody's PATH is changed by installing this. Each user types "pip-detour
 setup", or an administrator "pip-detour setup --all-users".
`;
}

function copyright(own, others) {
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: pip-detour
Comment: The program is bundled with the packages of others that it needs. Their
 licences follow after its own.

${own}
${String(others).replace(apache, ' The Apache License, Version 2.0, stands in /usr/share/common-licenses/Apache-2.0.')}`;
}

/** Debian's form of a changelog, which has nothing to say that NEWS.md.gz does not. */
function changelog({ version, maintainer, seconds }) {
  const date = new Date(seconds * 1000).toUTCString().replace('GMT', '+0000');
  return `pip-detour (${version}) unstable; urgency=medium

  * What is new stands in /${doc}/NEWS.md.gz.

 -- ${maintainer}  ${date}
`;
}
