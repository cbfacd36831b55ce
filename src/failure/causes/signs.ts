/** What a build's output shows of it, where it does not say what it lacks. */

/**
 * A compiler has told of a line and a column of its source, in whatever language, and setuptools, ninja or make that it failed.
 * gcc and clang name the option behind a warning.
 */
export function compilerFailed(text: string): boolean {
  return (
    /^\S{1,400}\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|m|mm):\d{1,7}:\d{1,7}: (?!(?:warning|note): )(?![^\n]*\[-W(?!error)[\w+=-]+\]$)/m.test(
      text,
    ) &&
    /[Cc]ommand '[^\n]+' (?:failed with exit code|returned non-zero exit status) \d|^ninja: build stopped|^g?make(?:\[\d+\])?: \*\*\*/m.test(
      text,
    )
  );
}

/** Where NVIDIA's compiler was not found; undefined also where the build went on without it, and failed at its other source. */
export function nvccLacking(text: string): { readonly at: number; readonly name: string } | undefined {
  const at = [...text.matchAll(cuda)].at(-1)?.index;
  return at === undefined || compilerFailed(text.slice(at)) ? undefined : { at, name: 'nvcc' };
}

/** torch's way of saying it, cmake's, and who starts it. */
const cuda =
  /CUDA_HOME environment variable is not set|No CMAKE_CUDA_COMPILER could be found|No CUDA toolset found|\bnvcc(?: was)? not found|\[Errno 2\][^\n]*nvcc'|error: command '(?:\S*\/)?nvcc' failed: (?!with exit)|nvcc: (?:command )?not found/g;

/** urllib's, git's, curl's, wget's and cargo's way of saying it. */
export const answeredByNobody =
  /URLError: <urlopen error (?:\[Errno -\d+\]|timed out)|Could not resolve (?:host|hostname|proxy)\b|unable to resolve host address|^(?:socket\.)?gaierror: \[Errno -\d+\]|^fatal: unable to access 'https?:[^\n]*(?:resolve|connect|timed out)|spurious network error/im;

/** What a source that is older than this Python says while it is compiled, or while its setup.py runs. */
export const oldSource =
  /has no (?:member(?: named)?|attribute) ['‘"](?:ob_|f_|tp_print|curexc_|exc_|recursion_|ImpImporter|SafeConfigParser|readfp|use_2to3)|(?:too (?:few|many) arguments to function|implicit declaration of function) ['‘]_?Py\w+|incomplete typedef ['‘]Py\w+|Missing parentheses in call to 'print'|^\d+ \|\s+Py_(?:TYPE|REFCNT|SIZE)\([^)\n]*\) = /m;
