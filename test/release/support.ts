import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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

/** Made once for a file of tests: it takes seconds. */
export async function makeRelease(): Promise<Release> {
  const root = mkdtempSync(join(tmpdir(), 'pip-detour-release-test-'));
  const directory = join(root, 'release');
  const serving = spawn(process.execPath, ['-e', server, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = await once(serving.stdout, 'data');
  const url = `http://127.0.0.1:${String(port).trim()}`;
  release(directory, '--url', url);
  const { version } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8'));
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

/** `npm run release -- --out DIRECTORY …`, without npm; at a time of its own, so that no commit is needed. */
export function release(directory: string, ...args: string[]): void {
  execFileSync(process.execPath, [join(top, 'scripts/release.mjs'), '--out', directory, ...args], {
    env: { ...process.env, SOURCE_DATE_EPOCH: '1800000000' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
