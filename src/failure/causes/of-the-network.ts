import type { CauseOfNetwork } from '../../types.ts';

/** What pip and uv say where an index was not reached, or what it sent did not arrive whole. */

/** Why an index could not be asked. What was tried again with success ends otherwise. */
export function ofTheNetwork(text: string): CauseOfNetwork | undefined {
  if (damaged.test(text)) return { kind: 'broken-off', damaged: true };
  if (!lastWords.test(text)) return undefined;
  const by = /error sending request for url/.test(text) ? ({ by: 'uv' } as const) : {};
  if (
    /CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|invalid peer certificate|certificate verify failed|^(?:error: )?ssl-verification-failed$/m.test(
      text,
    )
  )
    return { kind: 'certificates', ...by };
  if (
    /ProxyError|Tunnel connection failed|Cannot connect to proxy|\b407 Proxy|tunnel error: (?:unsuccessful|proxy )|unsuccessful tunnel|proxy authentication required|^(?:error: )?proxy-connection-failed$/m.test(
      text,
    )
  )
    return { kind: 'proxy', ...by };
  if (brokenOff.test(text)) return { kind: 'broken-off' };
  // What was not reached at first and was tried again with success told its versions.
  if (/\(from versions: (?!none\))/.test(text)) return undefined;
  return unreachable.test(text) ? { kind: 'no-network', ...by } : undefined;
}

/** With these words pip and uv end, or say why they found nothing. From pip 26 on, what went wrong has a reference of its own. */
const lastWords =
  /No matching distribution found|Max retries exceeded|Could not fetch|error sending request|error decoding response body|^pip\._vendor\.urllib3\.exceptions\.\w+: |Could not install packages due to an OSError: [^\n]*Connection (?:broken|aborted)|^(?:error: )?(?:connection-failed|connection-timeout|incomplete-download|ssl-verification-failed|proxy-connection-failed)$/m;

/** The answer had begun, so the index is there. pip warns of every try in such words, too: only those that it ends with count. */
const brokenOff =
  /^pip\._vendor\.urllib3\.exceptions\.(?:ReadTimeoutError|ProtocolError|IncompleteRead): |Could not (?:fetch|install packages)[^\n]*Connection broken: |^(?:error: )?incomplete-download$|error decoding response body/m;

/** A file that is cut short is no archive any more: pip before 25.1 and uv do not count what they get. */
const damaged =
  /Wheel '[^'\n]{1,200}' located at [^\n]{1,400} is invalid\.|has an invalid package format[\s\S]{0,2000}Failed to read from zip file|^(?:EOFError: Compressed file ended before|zipfile\.BadZipFile: |tarfile\.ReadError: )|Failed to extract archive[\s\S]{0,400}unexpected end of file/m;

const unreachable =
  /NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ConnectionResetError|RemoteDisconnected|Connection refused|Read timed out|Temporary failure in name resolution|dns error|operation timed out|Connection reset by peer|connection closed before|\[Errno -[23]\]|^(?:error: )?connection-(?:failed|timeout)$/m;
