import { applications } from '../../detours/pipx/applications.ts';
import { belongsBesideOthers, isLibrary, libraryNames } from '../../detours/pipx/libraries.ts';
import { normalizeName } from '../../pip/requirement.ts';
import { distance } from '../../system/nearest.ts';

/** Packages by the module that they bring, where people type that instead: what they write behind `import`. */
const byModule: ReadonlyMap<string, string> = new Map(
  [
    'cv2 opencv-python, sklearn scikit-learn, skimage scikit-image, yaml pyyaml, pil pillow, image pillow',
    'crypto pycryptodome, dateutil python-dateutil, dotenv python-dotenv, docx python-docx, pptx python-pptx',
    'mysqldb mysqlclient, openssl pyopenssl, pkg-resources setuptools, fitz pymupdf, wx wxpython, gi pygobject',
    'win32api pywin32, win32com pywin32, usb pyusb, zmq pyzmq, telegram python-telegram-bot, tlz toolz',
    'googleapiclient google-api-python-client, speech-recognition speechrecognition, mpl-toolkits matplotlib',
  ]
    .join(', ')
    .split(', ')
    .map((pair) => pair.split(' '))
    .map(([module = '', name = '']) => [module, name] as const),
);

/**
 * The known package that is most likely meant by a name that is not there: what brings the module of that name, else the one
 * that differs least, by a slip of the finger or two; undefined where none does.
 */
export function spelledAlike(typed: string): string | undefined {
  const name = normalizeName(typed);
  return nearest(name, name.length < 6 ? 1 : 2);
}

/**
 * The known package that a name is perhaps taken for: there is a package of this name, too, and one letter makes another of
 * it. Undefined for a known name, and for a short one, which has many neighbours.
 */
export function takenFor(typed: string): string | undefined {
  const name = normalizeName(typed);
  const isKnown = isLibrary(name) || belongsBesideOthers(name) || applications.has(name);
  return isKnown || name.length < 5 ? undefined : nearest(name, 1);
}

/** The package that brings the module of this name, where another package is called so. */
export function packageOf(typed: string): string | undefined {
  return byModule.get(normalizeName(typed));
}

function nearest(name: string, far: number): string | undefined {
  const near = [...byModule.keys(), ...libraryNames(), ...applications.keys()]
    .filter((known) => Math.abs(known.length - name.length) <= far)
    .map((known) => ({ known: byModule.get(known) ?? known, by: distance(name, known) }))
    .filter(({ known, by }) => by <= far && known !== name);
  return near.sort((a, b) => a.by - b.by)[0]?.known;
}
