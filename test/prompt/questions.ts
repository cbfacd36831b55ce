import type { Question } from '../../src/prompt/question.ts';

/** `shop` asked in a shell that can be put into the environment. */
export const shopInShell = (): Question => ({
  ...shop,
  activate: 'always',
  options: shop.options.map((option) => (option.id === 'venv' ? { ...option, activates: true } : option)),
});

/** A question: four ways that can be taken, one that cannot, and leaving it. */
export const shop: Question = {
  headline: 'This Python belongs to Debian, so pip may not change it (PEP 668).',
  command: 'pip install requests flask',
  place: '~/work/shop',
  options: [
    {
      id: 'venv',
      title: 'Use a virtual environment here',
      detail: 'create ~/work/shop/.venv · Python 3.11.2',
      recommended: 'pyproject.toml here',
      commands: [
        '/usr/bin/python3 -m venv --without-pip .venv',
        '.venv/bin/python /usr/lib/python3/dist-packages/pip/__pip-runner__.py install requests flask',
      ],
    },
    {
      id: 'system-package',
      title: "Install Debian's packages",
      detail: 'python3-requests 2.28.1, python3-flask 2.2.2 · sudo',
      commands: ['sudo apt-get install python3-requests python3-flask'],
    },
    {
      id: 'pipx',
      title: 'Install as an app with pipx',
      detail: '',
      unavailable: 'requests has no commands to run',
      commands: [],
    },
    {
      id: 'break-system-packages',
      risky: true,
      title: "Install into Debian's Python",
      detail: '--break-system-packages · can break apt',
      commands: ['pip install --break-system-packages requests flask'],
    },
    { id: 'none', title: 'Leave it', detail: "show pip's message", commands: [] },
  ],
  preselected: 0,
  rememberFor: '~/work/shop',
  remember: true,
  help: [
    'Debian installs Python packages with apt. pip would overwrite its files, so Debian told pip to refuse (PEP 668). Nothing has been changed so far.',
    'A virtual environment is a directory with packages of its own: what is installed there is seen by this project only.',
  ],
};
