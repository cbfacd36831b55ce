import { shortPath } from '../../system/quote.ts';
import type { Detour } from '../../types.ts';
import { planInto, rehearsal } from '../venv/install-into.ts';
import { whyNot } from '../venv/why-not.ts';

/** An activated environment without a pip of its own (uv and PDM make such): the person meant to install there. */
export const activeVenv: Detour = {
  id: 'active-venv',
  title: () => 'Use the activated environment',
  detail(situation) {
    const { active, home } = situation;
    if (active === undefined) return '';
    const python = active.version === undefined ? '' : ` · Python ${active.version}`;
    return `${shortPath(active.directory, home)}${python}`;
  },
  unavailable(situation) {
    if (situation.active === undefined) return 'no environment is activated';
    if (situation.active.state !== 'ready') return `it ${situation.active.why ?? 'is gone'}`;
    return whyNot(situation, situation.active);
  },
  recommended: () => 'it is activated',
  rank: 0,
  hidden: ({ active }) => active === undefined,
  plan(situation) {
    if (situation.active === undefined) throw new Error('no environment is activated');
    return planInto(situation, situation.active);
  },
  rehearse: (situation, temporary) =>
    situation.active === undefined ? undefined : rehearsal(situation, situation.active, temporary),
  target: ({ active }) => (active === undefined ? {} : { environment: active.directory }),
};
