import type { CauseOfNetwork } from '../../types.ts';

/** What pip, uv, poetry and pdm say where an index was not reached, or what it sent did not arrive whole. */

/** Why an index could not be asked. What was tried again with success ends otherwise. */
export function ofTheNetwork(text: string): CauseOfNetwork | undefined {
  const says = (ways: readonly RegExp[]) => ways.some((way) => way.test(text));
  if (says(damaged)) return { kind: 'broken-off', damaged: true };
  if (!says(lastWords)) return undefined;
  const by = /error sending request for url/.test(text) ? ({ by: 'uv' } as const) : {};
  if (says(certificates)) return { kind: 'certificates', ...by };
  if (says(proxy)) return { kind: 'proxy', ...by };
  if (says(brokenOff)) return { kind: 'broken-off' };
  // What was not reached at first and was tried again with success told its versions.
  if (/\(from versions: (?!none\))/.test(text)) return undefined;
  return says(unreachable) ? { kind: 'no-network', ...by } : undefined;
}

/** With these words they end, or say why they found nothing. pip warns of every try, too: only those that it ends with count. */
const lastWords: readonly RegExp[] = [
  /No matching distribution found|Max retries exceeded|Could not fetch/,
  /^pip\._vendor\.urllib3\.exceptions\.\w+: |Could not install packages due to an OSError: [^\n]*Connection (?:broken|aborted)/m,
  // From pip 26 on, what went wrong has a reference of its own.
  /^(?:error: )?(?:connection-failed|connection-timeout|incomplete-download|ssl-verification-failed|proxy-connection-failed)$/m,
  // uv
  /error sending request|error decoding response body/,
  // poetry, which says why only with -v.
  /^All attempts to connect to \S{1,200} failed\.$/m,
  // pdm: httpx's exceptions.
  /^\[(?:(?:Connect|Read|Write)(?:Error|Timeout)|ProxyError|RemoteProtocolError)\]: /m,
];

const certificates: readonly RegExp[] = [
  /CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|certificate verify failed/,
  /^(?:error: )?ssl-verification-failed$/m,
  /invalid peer certificate/,
];

const proxy: readonly RegExp[] = [
  /ProxyError|Tunnel connection failed|Cannot connect to proxy|\b407 Proxy/,
  /^(?:error: )?proxy-connection-failed$/m,
  /tunnel error: (?:unsuccessful|proxy )|unsuccessful tunnel|proxy authentication required/,
];

/** The answer had begun, so the index is there. */
const brokenOff: readonly RegExp[] = [
  /^pip\._vendor\.urllib3\.exceptions\.(?:ReadTimeoutError|ProtocolError|IncompleteRead): /m,
  /Could not (?:fetch|install packages)[^\n]*Connection broken: /,
  /^(?:error: )?incomplete-download$/m,
  /error decoding response body/,
  /^\[(?:Read(?:Error|Timeout)|RemoteProtocolError)\]: /m,
];

/** A file that is cut short is no archive any more: pip before 25.1 and uv do not count what they get. */
const damaged: readonly RegExp[] = [
  /Wheel '[^'\n]{1,200}' located at [^\n]{1,400} is invalid\./,
  /^(?:EOFError: Compressed file ended before|zipfile\.BadZipFile: |tarfile\.ReadError: )/m,
  /has an invalid package format[\s\S]{0,2000}Failed to read from zip file|Failed to extract archive[\s\S]{0,400}unexpected end of file/,
];

const unreachable: readonly RegExp[] = [
  /NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ConnectionResetError|RemoteDisconnected/,
  /Connection refused|Read timed out|Temporary failure in name resolution|Connection reset by peer|\[Errno -[23]\]/,
  /^(?:error: )?connection-(?:failed|timeout)$/m,
  /dns error|operation timed out|connection closed before/,
  /^All attempts to connect to /m,
  /^\[(?:Connect|Write)(?:Error|Timeout)\]: /m,
];
