import type { Question } from './question.ts';

/** A question of the usual shape, drawn into nothing to have everything compiled that drawing needs. */
export const sample: Question = {
  headline: 'This Python belongs to Debian, so pip may not change it (PEP 668).',
  command: 'pip install requests',
  place: '~/shop',
  options: [
    {
      id: 'venv',
      title: 'Use a virtual environment here',
      detail: 'create ~/shop/.venv · Python 3.11',
      recommended: 'pyproject.toml here',
      commands: ['python3 -m venv .venv'],
    },
    {
      id: 'pipx',
      title: 'Install as an app with pipx',
      detail: '',
      unavailable: 'requests has no commands to run',
      commands: [],
    },
    { id: 'none', title: 'Leave it', detail: "show pip's message", commands: [] },
  ],
  preselected: 0,
  rememberFor: '~/shop',
  remember: true,
  help: ['Nothing has been changed so far.'],
};
