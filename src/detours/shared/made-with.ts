import type { Detour, Situation } from '../../types.ts';

/** A detour that makes environments, told to make them with the Python that a setting asks for. */
export function madeAsSet(detour: Detour): Detour {
  const { onlyAsked } = detour;
  return {
    ...detour,
    title: (situation) => detour.title(asMade(situation)),
    detail: (situation) => detour.detail(asMade(situation)),
    unavailable: (situation) => missing(situation) ?? detour.unavailable(asMade(situation)),
    recommended: (situation) => detour.recommended(asMade(situation)),
    ...(onlyAsked === undefined ? {} : { onlyAsked: (situation) => onlyAsked(asMade(situation)) }),
    plan: (situation) => detour.plan(asMade(situation)),
    rehearse: (situation, temporary) => detour.rehearse?.(asMade(situation), temporary),
  };
}

function missing({ making, environment }: Situation): string | undefined {
  const isNew = environment.state === 'missing' || environment.state === 'broken';
  return isNew && making !== undefined && 'missing' in making ? making.missing : undefined;
}

/** An environment that is there keeps the Python it has. */
function asMade(situation: Situation): Situation {
  const { making, environment } = situation;
  const isThere = environment.state === 'ready' || environment.state === 'misplaced';
  if (making === undefined || 'missing' in making || isThere) return situation;
  // The refused Python's pip is not the other's.
  const { pipVersion: _version, ...rest } = situation;
  return { ...rest, ...making };
}
