/** What is to be known beside a cause: the nearest known name, and a Python that fits. */
export interface Known {
  readonly nearest?: string;
  /** `3.12.4 in ~/.pyenv/versions/3.12.4/bin/python3.12`. */
  readonly python?: string;
}
