import { dirname } from 'node:path';
import type { Sandbox } from '../../support/sandbox.ts';

/** A build backend in a file, so that a project can be built without an index to fetch one from (PEP 517, PEP 660). */
const backend = `
import os, zipfile


def build(directory, editable):
    info = "demo_tool-1.0.dist-info/"
    files = {
        info + "METADATA": "Metadata-Version: 2.1\\nName: demo-tool\\nVersion: 1.0\\n",
        info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        info + "entry_points.txt": "[console_scripts]\\ndemo-tool = demo_tool:main\\n",
    }
    if editable:
        files["demo_tool.pth"] = os.getcwd() + "\\n"
    else:
        files["demo_tool.py"] = open("demo_tool.py").read()
    files[info + "RECORD"] = "".join(name + ",,\\n" for name in files)
    name = "demo_tool-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(directory, name), "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return name


def build_wheel(directory, settings=None, metadata=None):
    return build(directory, False)


def build_editable(directory, settings=None, metadata=None):
    return build(directory, True)
`;

/** Writes a project `demo-tool` whose command says where it is run from; returns its directory. */
export function writeProject(box: Sandbox, directory: string): string {
  box.write(`${directory}/backend.py`, backend);
  box.write(
    `${directory}/demo_tool.py`,
    'import os\n\n\ndef main():\n    print("run from " + os.path.dirname(__file__))\n',
  );
  const file = box.write(
    `${directory}/pyproject.toml`,
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n\n' +
      '[project]\nname = "demo-tool"\nversion = "1.0"\n\n[project.scripts]\ndemo-tool = "demo_tool:main"\n',
  );
  return dirname(file);
}
