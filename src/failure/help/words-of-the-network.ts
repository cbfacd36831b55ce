import { printable } from '../../system/quote.ts';
import type { CauseOfNetwork } from '../../types.ts';
import { installers } from './installers.ts';

/** What stands between who installs and the index, and where that is set. */
export function ofTheNetworkInSentences(cause: CauseOfNetwork): string[] {
  if (cause.kind === 'repository') return ofTheRepository(cause);
  const { name, certificate, proxy, index, timeout, saysNoReason } = installers[cause.by ?? 'pip'];
  const ownCertificate =
    certificate === undefined
      ? 'Perhaps a proxy or your company has a certificate of its own.'
      : `If a proxy or your company has a certificate of its own, ${certificate}.`;
  switch (cause.kind) {
    case 'certificates':
      return [
        `${name} could not verify the index's certificate.`,
        `${ownCertificate} A wrong clock causes this, too (type date to see it).`,
      ];
    case 'proxy':
      return [
        'The proxy did not let the request through.',
        `Check its address, its user name and its password: they stand ${proxy}.`,
      ];
    case 'no-network':
      return [
        'The index, or the server that keeps its files, could not be reached.',
        `Check your network, the index that is set${index === undefined ? '' : ` (${index})`} and HTTPS_PROXY, then type the same command again.${saysNoReason === true ? ` ${ownCertificate}` : ''}`,
      ];
    case 'broken-off':
      return [
        cause.damaged === true
          ? 'An archive is not whole: perhaps the connection broke off while it was fetched.'
          : 'The connection broke off, or nothing came for too long, while something was being fetched.',
        `Type the same command again.${timeout === undefined ? '' : ` On a slow network, type ${timeout} before it.`}`,
      ];
  }
}

function ofTheRepository({
  url,
  why,
  revision = '',
}: Extract<CauseOfNetwork, { kind: 'repository' }>): [string, string] {
  const it = `The repository ${printable(url)}`;
  const see = 'To see whether git can read it, type git ls-remote and that address.';
  switch (why) {
    case 'unreachable':
      return [
        `${it} could not be reached.`,
        'Check that address and your network (and HTTPS_PROXY, if there is a proxy), then type the same command again.',
      ];
    case 'refused':
      return [`${it} does not exist, or wants a password, a token or a key.`, see];
    case 'not-there':
      return [`${it} does not exist, or is not for everybody.`, see];
    case 'no-revision':
      return [
        `${it} has no branch, tag or commit called ${printable(revision)}.`,
        'git ls-remote and that address lists what it has.',
      ];
  }
}
