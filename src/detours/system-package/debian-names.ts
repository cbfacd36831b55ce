import { familyPackage } from './families.ts';
import { applications, otherApplications, others, unproven } from './names.ts';
import { proven } from './proven-names.ts';
import { uncertain } from './uncertain-names.ts';

/**
 * Which Debian packages may hold a project, the likeliest first. The rule is python3-NAME, and it is only followed
 * where nothing says that this package holds another project: python3-jwt is PyJWT, so `jwt` is in no package.
 */
export function debianNames(name: string): readonly string[] {
  const mine = own.get(name);
  if (mine !== undefined) return mine;
  const family = familyPackage(name);
  if (family !== undefined) return [family];
  if (table().uncertain.has(name)) return [];
  const known = table().packages.get(name);
  if (known !== undefined) return known;
  // A package's documentation and the like is no project of its own.
  if (table().taken.has(name) || /-(?:doc|dbg|examples)$/.test(name)) return [];
  return spellings(`python3-${name}`);
}

/** What a package of this name, by the table or by the rule, holds is likely another project: only the index can tell. */
export function namesakes(name: string): readonly string[] {
  if (own.has(name) || !(table().uncertain.has(name) || table().taken.has(name))) return [];
  return table().packages.get(name) ?? spellings(`python3-${name}`);
}

/** Something besides the rule python3-NAME says which package holds this project. */
export function isProven(name: string): boolean {
  const { uncertain, packages, proven: listed } = table();
  return own.has(name) || (!uncertain.has(name) && (packages.has(name) || listed.has(name)));
}

/** True when python3-NAME is known to hold another project, or nothing is known to say which. */
export function isTaken(name: string): boolean {
  return !own.has(name) && table().taken.has(name);
}

/** Namespaces whose packages keep the dots, in Debian 12 and 13 (`apt-cache pkgnames python3-`). */
const dotted: ReadonlySet<string> = new Set(
  'backports calmjs construct darts dbus dogpile flaskext flufl hurry jaraco junit keyrings lazr luma mallard moksha oslo pil plone pyqt5 pyqt6 pyside2 repoze ruamel sphinxcontrib straight stsci svg testing wheezy wxgtk4 zc zope'.split(
    ' ',
  ),
);

/** PEP 503 has only dashes, package names keep the dots: python3-zope.interface, python3-ruamel.yaml.clib. */
function spellings(name: string): readonly string[] {
  const [prefix, ...words] = name.split('-');
  if (words.length < 2) return [name];
  if (!dotted.has(words[0] ?? '')) return [name];
  return [
    ...new Set([name, `${prefix}-${words.join('.')}`, `${prefix}-${words[0]}.${words.slice(1).join('-')}`]),
  ];
}

/**
 * Beside dh-python's table: what it lacks or has under another release's name. Each was read off the package's own
 * description and homepage in Debian 12's index, or its dist-info.
 */
const own: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    // The same sources under a name that says how PyPI built them (their PyPI pages).
    'psycopg2-binary': ['python3-psycopg2'],
    'opencv-python': ['python3-opencv'],
    'opencv-contrib-python': ['python3-opencv'],
    'opencv-python-headless': ['python3-opencv'],
    // Named otherwise from one release to the next: whichever is there, in this order.
    psycopg: ['python3-psycopg', 'python3-psycopg3'],
    'psycopg-pool': ['python3-psycopg-pool', 'python3-psycopg3-pool'],
    pytz: ['python3-pytz', 'python3-tz'],
    // Debian 13 gave python3-multipart to the project `multipart`.
    'python-multipart': ['python3-python-multipart', 'python3-multipart'],
    // Their packages' homepages are the projects'.
    setuptools: ['python3-setuptools'],
    h5py: ['python3-h5py'],
    pypdf: ['python3-pypdf'],
    astropy: ['python3-astropy'],
    pip: ['python3-pip'],
    wheel: ['python3-wheel'],
    configobj: ['python3-configobj'],
    rstcheck: ['python3-rstcheck'],
    mercurial: ['mercurial'],
    xdoctest: ['python3-xdoctest'],
    ubelt: ['python3-ubelt'],
    extruct: ['python3-extruct'],
    confection: ['python3-confection'],
    'django-object-actions': ['python3-django-object-actions'],
    cmakelang: ['cmake-format'],
    pylibiio: ['python3-libiio'],
    ipalib: ['python3-ipalib'],
    qgis: ['python3-qgis'],
    // Its package keeps a dot in the middle.
    'xstatic-jquery-quicksearch': ['python3-xstatic-jquery.quicksearch'],
    // Its module lies in the program's own package.
    libsumo: ['sumo', 'python3-libsumo'],
    ...each(
      '',
      'alot arjun autorenamer beets bkchem bleachbit catkin-lint diff-cover dotdrop dupeguru flent frescobaldi',
    ),
    ...each(
      '',
      'gaupol goobook jello lieer mkdocs-bootstrap mkdocs-material mkdocs-nature mypaint nfoview picard pithos',
    ),
    ...each(
      '',
      'pyzo rednotebook retext s4cmd sipvicious solaar sqlfluff termtosvg thefuck topydo vitables yq ytcc',
    ),
    ...each('python3-', 'censys pytest-aiohttp recipe-scrapers validate-pyproject'),
  }),
);

/** Projects in packages of their own name. */
function each(prefix: string, names: string): Record<string, readonly string[]> {
  return Object.fromEntries(names.split(' ').map((name) => [name, [`${prefix}${name}`]]));
}

interface Table {
  readonly packages: ReadonlyMap<string, readonly string[]>;
  readonly taken: ReadonlySet<string>;
  /** What is in no package here for certain, though one shares its name. */
  readonly uncertain: ReadonlySet<string>;
  /** Projects in a package of their own name. */
  readonly proven: ReadonlySet<string>;
}

let made: Table | undefined;

function table(): Table {
  made ??= make();
  return made;
}

function make(): Table {
  const packages = new Map<string, readonly string[]>();
  const taken = new Set([...items(unproven), ...items(uncertain)]);
  const add = (project: string, package_: string) =>
    packages.set(project, [...(packages.get(project) ?? []), package_]);
  for (const item of items(others)) {
    const [project = '', package_ = ''] = item.startsWith('-')
      ? [`python${item}`, item.slice(1)]
      : item.split(' ');
    add(project, `python3-${package_}`);
    taken.add(package_.replace(/[-_.]+/g, '-'));
  }
  for (const item of items(applications)) add(item, item);
  for (const item of items(otherApplications)) {
    const [project = '', package_ = ''] = item.split(' ');
    add(project, package_);
  }
  return { packages, taken, uncertain: new Set(items(uncertain)), proven: new Set(unfolded(items(proven))) };
}

function items(text: string): string[] {
  return text.split(/[,\n]/).filter((item) => item !== '');
}

/** Each name begins as the one before it does, by so many characters as its first digit (base 36) says. */
function unfolded(items: readonly string[]): string[] {
  let before = '';
  return items.map((item) => {
    before = before.slice(0, Number.parseInt(item.slice(0, 1), 36)) + item.slice(1);
    return before;
  });
}
