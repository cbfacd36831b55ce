/** What a step of a plan changes of the environment; undefined takes a variable away. */
type Change = Readonly<Record<string, string | undefined>>;

/** Without the variables that would send an installation elsewhere (pip's, and CPython's own). */
export const nowhereElse: Change = {
  PIP_TARGET: undefined,
  PIP_PREFIX: undefined,
  PIP_ROOT: undefined,
  PIP_PYTHON: undefined,
  PYTHONHOME: undefined,
  __PYVENV_LAUNCHER__: undefined,
};

/** For a pip that installs into an environment: the variable overrides `user = true` of a pip.conf, too. */
export const inEnvironment: Change = { ...nowhereElse, PIP_USER: '0' };
