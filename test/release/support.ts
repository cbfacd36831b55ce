import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { top } from '../support/machine.ts';

/** A release, made for the address of a server on the loopback that gives its files out. */
export interface Release {
  readonly directory: string;
  readonly url: string;
  readonly version: string;
  /** The path of its file whose name ends so. */
  file(ending: string): string;
  /** Ends the server and removes everything. */
  end(): void;
}

/** A web server in a process of its own: `run` of a sandbox waits without an event loop. Logs what is asked for. */
const server = `
const { createReadStream } = require('node:fs');
const { basename, join } = require('node:path');
require('node:http').createServer((request, response) => {
  const file = createReadStream(join(process.argv[1], basename(request.url)));
  file.on('error', () => response.writeHead(404).end());
  file.pipe(response);
}).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

/** Made once for a file of tests: it takes seconds. `older`: from the same sources, under that version's number. */
export async function makeRelease(older?: string): Promise<Release> {
  const root = mkdtempSync(join(tmpdir(), 'pip-detour-release-test-'));
  const sources = older === undefined ? top : sourcesOf(older, join(root, 'sources'));
  const directory = join(root, 'release');
  const serving = spawn(process.execPath, ['-e', server, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(serving.stdout, 'data');
  const url = `http://127.0.0.1:${String(port).trim()}`;
  releaseFrom(sources, directory, '--url', url);
  const { version } = JSON.parse(readFileSync(join(sources, 'package.json'), 'utf8'));
  return {
    directory,
    url,
    version,
    file(ending) {
      const name = readdirSync(directory).find((each) => each.endsWith(ending));
      if (name === undefined) throw new Error(`the release has nothing that ends in ${ending}`);
      return join(directory, name);
    },
    end() {
      serving.kill();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The sources with another version's number, in a directory of their own, which is returned. */
function sourcesOf(version: string, place: string): string {
  for (const name of readdirSync(top).filter(
    (each) => !/^(?:dist|node_modules|release|test|\..*)$/.test(each),
  ))
    cpSync(join(top, name), join(place, name), { recursive: true });
  symlinkSync(join(top, 'node_modules'), join(place, 'node_modules'));
  const about = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  writeFileSync(join(place, 'package.json'), JSON.stringify({ ...about, version }));
  return place;
}

/** `npm run release -- --out DIRECTORY …`, without npm; at a time of its own, so that no commit is needed. */
export function release(directory: string, ...args: string[]): void {
  releaseFrom(top, directory, ...args);
}

function releaseFrom(sources: string, directory: string, ...args: string[]): void {
  execFileSync(process.execPath, [join(sources, 'scripts/release.mjs'), '--out', directory, ...args], {
    env: { ...process.env, SOURCE_DATE_EPOCH: '1800000000' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
