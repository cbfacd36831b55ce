import { agents, ciServices } from './automation.ts';
import { given, isTrue, type Variables } from './variable-values.ts';

/** Whether variables say that nobody can answer. */

/** The variable that tells of CI; `CI=false` speaks for all of the services. */
export function ciIn(variables: Variables): string | undefined {
  if (isTrue(variables['CI']) || isTrue(variables['CONTINUOUS_INTEGRATION'])) return 'CI';
  if (given(variables['CI']) !== undefined) return undefined;
  return ciServices
    .find((service) => service.variables.every((name) => given(variables[name]) !== undefined))
    ?.variables.at(-1);
}

/** The variable by which a coding agent gives itself away. */
export function agentIn(variables: Variables): string | undefined {
  return agents.find(({ variable }) => isTrue(variables[variable]))?.variable;
}

/** Why nobody can answer, in words; undefined where somebody may. */
export function unattended(variables: Variables): string | undefined {
  const ci = ciIn(variables);
  if (ci !== undefined) return `${ci} is set`;
  if (given(variables['JPY_PARENT_PID']) !== undefined) return 'this is a Jupyter notebook';
  const agent = agentIn(variables);
  if (agent !== undefined) return `${agent} is set`;
  if (variables['DEBIAN_FRONTEND'] === 'noninteractive') return 'DEBIAN_FRONTEND is noninteractive';
  if (isTrue(variables['PIP_NO_INPUT'])) return 'PIP_NO_INPUT is set';
  return undefined;
}
