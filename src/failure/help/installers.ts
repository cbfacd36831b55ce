import type { Failed } from '../../types.ts';

/** Where somebody who installs finds what stands between them and the index; nothing where that is not certain. */
interface Installer {
  readonly name: string;
  /** What makes it trust the certificate in FILE, as a clause: `type: pip config …`. */
  readonly certificate?: string;
  /** Where the proxy's address stands. */
  readonly proxy: string;
  /** What shows which index is set, or where it stands. */
  readonly index?: string;
  /** The variable for its patience, with a value in seconds. */
  readonly timeout?: string;
  /** It does not say why an index was not reached: perhaps for its certificate. */
  readonly saysNoReason?: true;
}

const before = (setting: string) => `type the same command with ${setting} before it`;
// What requests, httpx and reqwest read alike.
const proxy = 'in HTTPS_PROXY, in HTTP_PROXY or in ALL_PROXY';

const pip: Installer = {
  name: 'pip',
  certificate: 'type: pip config set global.cert FILE',
  proxy: 'in HTTPS_PROXY, in HTTP_PROXY or in pip config get global.proxy',
  index: 'pip config list',
  timeout: 'PIP_DEFAULT_TIMEOUT=60',
};

/** A row for each. Certificates were tried with a server of our own: uv 0.13, poetry 2.5, pdm 2.29, pipenv 2026.10 (which takes no PIP_CERT). */
export const installers: Readonly<Record<Failed['by'], Installer>> = {
  pip,
  pipx: pip,
  uv: {
    name: 'uv',
    certificate: before('SSL_CERT_FILE=FILE'),
    proxy,
    index: 'UV_DEFAULT_INDEX, pyproject.toml, uv.toml',
    timeout: 'UV_HTTP_TIMEOUT=60',
  },
  poetry: {
    name: 'poetry',
    certificate: before('REQUESTS_CA_BUNDLE=FILE'),
    proxy,
    index: 'poetry source show',
    timeout: 'POETRY_REQUESTS_TIMEOUT=60',
    saysNoReason: true,
  },
  pdm: {
    name: 'pdm',
    certificate: before('REQUESTS_CA_BUNDLE=FILE'),
    proxy,
    index: 'pdm config pypi.url, pyproject.toml',
    timeout: 'PDM_REQUEST_TIMEOUT=60',
  },
  pipenv: {
    name: 'pipenv',
    certificate: before('REQUESTS_CA_BUNDLE=FILE'),
    proxy,
    index: 'Pipfile',
  },
  pixi: { name: 'pixi', proxy },
  hatch: { name: 'hatch', proxy },
};
