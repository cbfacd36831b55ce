/** What must not be seen anywhere. */
export const secret = /s3cre|t0ken/i;

const at = 'example.invalid/simple';
const values = [
  `http://alice:s3cret@${at}`,
  `HTTPS://alice:s3cret@${at}`,
  `https://alice:s3cre%40t@${at}`,
  `https://alice:s3cre/t@${at}`,
  `https://alice:s3cre@t@${at}`,
  `https://t0ken@${at}`,
  `https://t0ken:@${at}`,
  `https://t0ken:x-oauth-basic@${at}`,
  `https://alice:s3cret@[::1]:8080/simple`,
  `https://${at}?token=t0ken`,
  `https://${at}?a=b&private_token=t0ken&c=d`,
  `https://${at}?X-Amz-Signature=t0ken`,
  `alice:s3cret@${at}`,
  `//alice:s3cret@${at}`,
];

/** How a value is given to an option: pip install lines, word by word. */
const spellings: readonly ((value: string) => string[])[] = [
  (value) => ['--index-url', value],
  (value) => [`--index-url=${value}`],
  (value) => ['-i', value],
  (value) => [`-i${value}`],
  (value) => ['--extra-index-url', value],
  (value) => [`--extra-index-url=${value}`],
  (value) => [`--extra=${value}`],
  (value) => ['--proxy', value],
  (value) => [`--proxy=${value}`],
  (value) => ['-f', value],
  (value) => [`--find-links=${value}`],
];

const [plain = ''] = values;

/** Command lines of pip with a secret in them. */
export const lines: readonly (readonly string[])[] = [
  ...values.map((value) => ['install', '--index-url', value, 'demo-lib']),
  ...spellings.map((spelling) => ['install', ...spelling(plain), 'demo-lib']),
  ['install', '-i', 't0ken@host/simple', 'demo-lib'],
  ['install', '--proxy=t0ken@host:3128', 'demo-lib'],
  ['install', 'https://alice:s3cret@host/demo-lib-1.0.zip'],
  ['install', 'demo-lib @ https://alice:s3cret@host/demo-lib-1.0.zip'],
  ['install', 'demo-lib[a,b] @ https://t0ken@host/demo-lib-1.0.zip ; python_version > "3"'],
  ['install', 'https://alice:s3cr\'e t s3cret"@host/demo-lib.zip'],
  ['install', 'git+https://ghp_t0ken@host/demo-lib.git@v1'],
  ['install', '-e', 'git+https://oauth2:t0ken@host/demo-lib.git@v1#egg=demo-lib'],
  ['install', 'git+ssh://git:s3cret@host/demo-lib.git'],
  ['install', '-r', 'https://alice:s3cret@host/demo-lib.txt'],
  ['install', '-c', 'https://alice:s3cret@host/c.txt', 'demo-lib'],
  ['install', 'demo-lib', '--config-settings', 'index-token=t0ken'],
  ['install', 'demo-lib', '--global-option=--password=s3cret'],
  ['install', 'demo-lib', '--trusted-host', 'alice:s3cret@host'],
  ['install', '--pip-args=--proxy=t0ken@host:1', 'demo-lib'],
  ['uninstall', '-r', 'https://alice:s3cret@host/demo-lib.txt'],
  ['install', '--pip-args=--index-url https://alice:s3cret@host/ -i t0ken@host', 'demo-lib'],
  ['install', `https://host/login?next=https%3A%2F%2Falice%3As3cret%40host/demo-lib.zip`],
];

/** Text in which nothing is secret, though it may look like it. */
export const harmless: readonly string[] = [
  'install requests@1.0 name@1.0',
  'install -e /home/me/a@b/c:d',
  'install -r ./req@home.txt -c c@1/x.txt',
  'install --find-links=dir@1/x -f /opt/wheels@2',
  'install demo-lib[a,b]==1.0 @',
  'install oauthlib[signedtoken]==3.2 authlib==1.3 PyJWT>=2',
  'install "x; python_version==\'3.11\'"',
  'git+ssh://git@github.com/a/b.git@main#egg=b&subdirectory=c',
  'git+https://github.com/a/b@v1.0#egg=b',
  'git@github.com:a/b.git',
  'http://[::1]:8080/simple/?a=b#md5=c',
  'https://host:8080/p@1 file:///a/b@c',
  'written to me@host.org, at https://host and a@b',
  '--hash=sha256:abcdef --config-settings=editable_mode=compat',
  '-i internal -U x@y',
  "pip's https://host isn't a@b's",
  '/home//me//a@b',
  'PIP_DETOUR=venv A=b@c',
];
