import type { Sandbox } from './sandbox.ts';

const wheel = `
    name = "needs-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(directory, name), "w") as wheel:
        wheel.writestr("needs.py", "")
        wheel.writestr("needs-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: needs\\nVersion: 1.0\\n")
        wheel.writestr("needs-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("needs-1.0.dist-info/RECORD", "")
    return name
`;

/**
 * Writes the project `./needs`, whose build (PEP 517) runs these lines of Python first, indented by four blanks: they end it
 * with `sys.exit` where it is to lack something.
 */
export function needyProject(box: Sandbox, lines: string): void {
  box.write(
    'needs/pyproject.toml',
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "needs"\nversion = "1.0"\n',
  );
  box.write(
    'needs/backend.py',
    `import os, subprocess, sys, zipfile\ndef build_wheel(directory, config_settings=None, metadata_directory=None):\n${lines.replace(/^\n/, '').trimEnd()}${wheel}`,
  );
}
