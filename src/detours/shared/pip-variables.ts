/** What a step of a plan changes of the environment; null takes a variable away. */
type Change = Readonly<Record<string, string | null>>;

/** Without the variables that would send an installation elsewhere (pip's, and CPython's own). */
export const nowhereElse: Change = {
  PIP_TARGET: null,
  PIP_PREFIX: null,
  PIP_ROOT: null,
  PIP_PYTHON: null,
  PYTHONHOME: null,
  __PYVENV_LAUNCHER__: null,
};

/** For a pip that installs into an environment: the variable overrides `user = true` of a pip.conf, too. */
export const inEnvironment: Change = { ...nowhereElse, PIP_USER: '0' };
