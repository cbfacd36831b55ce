import { describe, expect, it } from 'vitest';
import { build, causeOf, gcc } from '../recorded.ts';

describe('an index that is not reached', () => {
  it.each([
    [
      'an index that is not there',
      "Could not fetch URL https://127.0.0.1:9/simple/six/: connection error: HTTPSConnectionPool(host='127.0.0.1', port=9): Max retries exceeded with url: /simple/six/ (Caused by NewConnectionError('…: Failed to establish a new connection: [Errno 111] Connection refused')) - skipping\nNo matching distribution found for six",
      { kind: 'no-network' },
    ],
    [
      'a proxy',
      "Could not fetch URL https://pypi.org/simple/six/: connection error: Max retries exceeded (Caused by ProxyError('Cannot connect to proxy.'))\nNo matching distribution found for six",
      { kind: 'proxy' },
    ],
    [
      'a certificate',
      "Could not fetch URL https://pypi.org/simple/six/: There was a problem confirming the ssl certificate: (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]')))\nNo matching distribution found for six",
      { kind: 'certificates' },
    ],
  ])('%s', (_, said, cause) => {
    expect(causeOf(said)).toMatchObject(cause);
  });

  it('a retry that had success in the end is not taken for the cause of a build that failed', () => {
    const said = `WARNING: Retrying after connection broken by 'NewConnectionError'\n${build(gcc('fatal error'))}`;
    expect(causeOf(said)).toMatchObject({ kind: 'missing' });
  });

  it('nor for the cause of a version that does not exist', () => {
    const said =
      "WARNING: Retrying after connection broken by 'ReadTimeoutError'\nERROR: Could not find a version that satisfies the requirement foo==9 (from versions: 1.0, 2.0)\nERROR: No matching distribution found for foo==9";
    expect(causeOf(said)).toMatchObject({ kind: 'no-version', nearest: '2.0' });
  });
});

/** Of a server on the loopback that stalls, cuts or resets, recorded of pip 23.0.1 and 26.3 and uv 0.13. */
const broken: readonly [string, string, object][] = [
  [
    'pip 23: nothing comes any more',
    "ERROR: Exception:\nTraceback (most recent call last):\nTimeoutError: timed out\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\npip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPConnectionPool(host='127.0.0.1', port=8765): Read timed out.",
    { kind: 'broken-off' },
  ],
  [
    'pip 23: reset in the middle of a file',
    "ERROR: Exception:\nTraceback (most recent call last):\npip._vendor.urllib3.exceptions.ProtocolError: (\"Connection broken: ConnectionResetError(104, 'Connection reset by peer')\", ConnectionResetError(104, 'Connection reset by peer'))",
    { kind: 'broken-off' },
  ],
  [
    'pip 23: a wheel that is cut',
    "ERROR: Wheel 'demo-cut' located at /tmp/pip-unpack-0n9dky2e/demo_cut-1.0-py3-none-any.whl is invalid.",
    { kind: 'broken-off', damaged: true },
  ],
  [
    'pip 23: a source that is cut',
    'ERROR: Exception:\nTraceback (most recent call last):\nEOFError: Compressed file ended before the end-of-stream marker was reached',
    { kind: 'broken-off', damaged: true },
  ],
  [
    'pip 23: hung up without an answer',
    "ERROR: Could not install packages due to an OSError: HTTPConnectionPool(host='127.0.0.1', port=8765): Max retries exceeded with url: /files/demo_gone-1.0-py3-none-any.whl (Caused by ProtocolError('Connection aborted.', RemoteDisconnected('Remote end closed connection without response')))",
    { kind: 'no-network' },
  ],
  [
    'pip 26: the index is cut',
    "ERROR: Could not install packages due to an OSError: ('Connection broken: IncompleteRead(1000 bytes read, 4006 more expected)', IncompleteRead(1000 bytes read, 4006 more expected))",
    { kind: 'broken-off' },
  ],
  [
    'pip 26: it has tried to go on',
    'WARNING: Connection interrupted while downloading.\nWARNING: Attempting to resume incomplete download (1000 bytes/200 kB, attempt 5)\nerror: incomplete-download\n\n× Download failed after 6 attempts because not enough bytes were received (1000 bytes/200 kB)',
    { kind: 'broken-off' },
  ],
  [
    'pip 26: no answer',
    "error: connection-timeout\n\n× Unable to fetch http://127.0.0.1:8765/files/demo_mute-1.0-py3-none-any.whl\n╰─> 127.0.0.1 didn't respond within 1.0 seconds",
    { kind: 'no-network' },
  ],
  [
    'pip 26, as it is listened to: its reference stands alone',
    'Failed to connect to 127.0.0.1 while fetching http://127.0.0.1:8765/files/d.whl\nconnection-failed\nthe connection was closed without a reply from the server.',
    { kind: 'no-network' },
  ],
  [
    'uv: a wheel that is cut',
    'error: No solution found when resolving dependencies\n  cause: Because demo-cut==1.0 has an invalid package format and only demo-cut==1.0 is available, we can conclude that all versions of demo-cut cannot be used.\n         And because you require demo-cut, we can conclude that your requirements are unsatisfiable.\n\nhint: The structure of `demo-cut` (v1.0) was invalid:\n  Failed to read from zip file',
    { kind: 'broken-off', damaged: true },
  ],
  [
    'uv: the index is cut',
    'error: Failed to fetch: http://127.0.0.1:8765/simple/idx-cut/\n  cause: error decoding response body for url (http://127.0.0.1:8765/simple/idx-cut/)\n  cause: request or response body error\n  cause: end of file before message length reached',
    { kind: 'broken-off' },
  ],
  [
    'uv: no answer',
    'error: Failed to fetch: http://127.0.0.1:8765/files/d.whl\n  cause: error sending request for url (http://127.0.0.1:8765/files/d.whl)\n  cause: operation timed out',
    { kind: 'no-network' },
  ],
  [
    'a connection that broke once and a name that is not there',
    "WARNING: Retrying (Retry(total=4)) after connection broken by 'ProtocolError('Connection broken: x')': /simple/six9/\n404 Client Error: Not Found\nERROR: No matching distribution found for six9",
    { kind: 'no-such-name', certain: true },
  ],
];

/** Recorded of poetry 2.5 and pdm 2.29 with a server on the loopback: its certificate is its own, it is none, or it is a proxy that refuses. */
const others: readonly [string, string, string][] = [
  [
    'poetry, which does not say why',
    'All attempts to connect to 127.0.0.1:9 failed.\n\nProbable Causes:\n    - the server is not responding to requests at the moment\n',
    'no-network',
  ],
  [
    'poetry -v',
    "All attempts to connect to localhost:18443 failed.\n\nException:\n    | HTTPSConnectionPool(host='localhost', port=18443): Max retries exceeded with url: /simple/six/ (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:992)')))\n",
    'certificates',
  ],
  [
    'pdm: a certificate',
    "[ConnectError]: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:992)\nWARNING: Add '-v' to see the detailed traceback",
    'certificates',
  ],
  ['pdm: nobody there', '[ConnectError]: [Errno 111] Connection refused\n', 'no-network'],
  ['pdm: a proxy', '[ProxyError]: 407 Proxy Authentication Required\n', 'proxy'],
];

describe('where poetry and pdm do not reach the index', () => {
  it.each(others)('%s', (_, said, kind) => {
    expect(causeOf(said)).toEqual({ kind });
  });
});

describe('what does not arrive whole', () => {
  it.each(broken)('%s', (_, said, cause) => {
    expect(causeOf(said)).toMatchObject(cause);
  });
});

describe('what uv says of its connection is told of uv', () => {
  const sending =
    'error: Failed to fetch: https://index.test/simple/six/\n  cause: error sending request for url (https://index.test/simple/six/)\n  cause: client error (Connect)\n  cause: ';
  it.each([
    ['invalid peer certificate: UnknownIssuer', 'certificates'],
    ['tunnel error: proxy authorization required', 'proxy'],
    ['tunnel error: unsuccessful', 'proxy'],
    ['unsuccessful tunnel', 'proxy'],
    ['dns error', 'no-network'],
    ['tcp connect error\n  cause: Connection refused (os error 111)', 'no-network'],
  ])('%s', (said, kind) => {
    expect(causeOf(sending + said)).toEqual({ kind, by: 'uv' });
  });
});
