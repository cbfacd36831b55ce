import { dirname } from 'node:path';
import { isatty } from 'node:tty';
import { lookForPythons } from '../detours/other-python/look.ts';
import { lookForLocalLibraries } from '../detours/pipx/local-libraries.ts';
import { lookForPipx } from '../detours/pipx/look.ts';
import { lookWithoutPipx } from '../detours/pipx/look-without-pipx.ts';
import { lookForManagedProject } from '../detours/project-manager/look.ts';
import { lookForSystemPackages } from '../detours/system-package/look.ts';
import { lookForMaker } from '../detours/venv/environment-maker.ts';
import { environmentAt, lookAbove } from '../detours/venv/environment-place.ts';
import { withRemarks } from '../detours/venv/environment-remarks.ts';
import { lookForMaking } from '../detours/venv/making.ts';
import { lookForSeeds } from '../detours/venv/seeds.ts';
import { lookForUv } from '../detours/venv/uv.ts';
import { askForInterpreter } from '../pip/ask-interpreter.ts';
import { isDryRun } from '../pip/dry-run.ts';
import { sentElsewhere } from '../pip/elsewhere.ts';
import { interpreterOf, pipPackageOf } from '../pip/interpreter.ts';
import { markerWords } from '../pip/marker.ts';
import { newest } from '../pip/versions.ts';
import { lookAtPlace } from '../place/directory.ts';
import { lookAtEnvironment } from '../place/environment.ts';
import { managerOf } from '../place/platform.ts';
import { wantedHere } from '../place/python-wanted.ts';
import { lookForSystemModule } from '../place/system-modules.ts';
import { lookWhere } from '../place/where.ts';
import { findProject, nearestOwnProject } from '../project/find.ts';
import { bansFor } from '../settings/apply.ts';
import { environmentNamesBy } from '../settings/environment-names.ts';
import type { Settings } from '../settings/layers.ts';
import { schema } from '../settings/schema.ts';
import { currentDirectory, realOr } from '../system/real-path.ts';
import type { Environment } from '../system/variables.ts';
import type { ChoiceAbove, CostlyPart, EnvironmentLook, PipCommand, Situation, Verdict } from '../types.ts';
import { otherEnvironments } from './other-environments.ts';

/** The parts that cost most to look for; they are left out where the choice that stands does not need them. */
export const costlyParts = ['pipx', 'pythons', 'remarks'] as const satisfies readonly CostlyPart[];

/** What a situation is gathered for. */
export interface Asked {
  readonly name: string;
  readonly realPip: string;
  readonly command: PipCommand;
  readonly verdict: Verdict;
  readonly environment: Environment;
  readonly settings: Settings;
  /** The choice of a directory above that is not used here: the project that lies nearer decides the place. */
  readonly choiceAbove?: ChoiceAbove;
  /** The directory a remembered choice was made for, when there is one: it decides the place. */
  readonly rememberedFor?: string;
  /** What is not looked for. */
  readonly without?: readonly (typeof costlyParts)[number][];
}

/** Gathers everything a decision may depend on. Reads files, and asks pipx its version; changes nothing. */
export async function readSituation(asked: Asked): Promise<Situation> {
  const { environment, verdict, realPip, settings, without = [] } = asked;
  const uid = process.getuid?.() ?? -1;
  const cwd = currentDirectory();
  const home = realOr(environment.home);
  const pipx = without.includes('pipx') ? undefined : lookForPipx(environment);
  const interpreter =
    verdict.interpreter ??
    interpreterOf(realPip, environment) ??
    (await askForInterpreter(asked.name, realPip, environment));
  const manager = managerOf(interpreter);
  const marker = interpreter?.marker;
  const managerWords = marker === undefined ? undefined : markerWords(marker, environment.variables);
  const terminal = isatty(0) && isatty(2);
  const where = lookWhere({ environment, uid, terminal, manager });
  const name = settings.value(schema.environment);
  const names = environmentNamesBy(settings);
  const top = asked.rememberedFor === undefined ? asked.choiceAbove?.own.directory : undefined;
  const project = findProject(asked.rememberedFor ?? cwd, home, uid, names, top);
  const place = asked.rememberedFor ?? project?.root ?? cwd;
  const speaksFor = nearestOwnProject(cwd, place, names)?.directory;
  const active =
    environment.virtualEnv === undefined ? undefined : lookAtEnvironment(environment.virtualEnv, uid);
  const pip = interpreter === undefined ? undefined : pipPackageOf(realPip, interpreter, environment);
  const { managed, requiresPython } = await lookForManagedProject(cwd, home, uid, environment);
  const otherPythons = without.includes('pythons')
    ? undefined
    : lookForPythons({
        command: asked.command,
        environment,
        cwd,
        uid,
        refused: interpreter,
        requires: requiresPython,
      });
  const systemPackages = lookForSystemPackages(interpreter, environment, uid);
  const wanted = settings.value(schema.interpreter);
  const { making, unmet } = lookForMaking(
    { wanted, refused: interpreter, environment, cwd, place },
    requiresPython,
  );
  const around = {
    place,
    home,
    environmentsDirectory: environment.environmentsDirectory,
    uid,
    where,
    ...(settings.origin(schema.environment).source === 'default' ? {} : { name }),
    central: settings.value(schema.environmentPlace) === 'central',
  };
  const found = environmentAt(around);
  const above = asked.choiceAbove === undefined ? undefined : lookAbove(asked.choiceAbove, around);
  const sees = settings.value(schema.systemSitePackages);
  const madeBy = making !== undefined && 'interpreter' in making ? making.interpreter : interpreter;
  // Home's files belong to no project, and one that is there is only remarked on.
  const wantsModules =
    sees === 'auto' && place !== home && !(found.state === 'ready' && without.includes('remarks'));
  const systemModule =
    wantsModules && madeBy !== undefined
      ? lookForSystemModule({ command: asked.command, interpreter: madeBy, cwd, place, project })
      : undefined;
  const remarked = (look: EnvironmentLook) =>
    withRemarks(look, {
      requires: requiresPython,
      // What is to be typed is meant for the environment of this place.
      ...(systemModule === undefined || look.directory !== found.directory
        ? {}
        : { lacks: { ...systemModule, of: interpreter?.version } }),
      wanted: wantedHere(environment, cwd),
      place,
      home,
      environmentsDirectory: environment.environmentsDirectory,
    });
  const others = without.includes('remarks')
    ? []
    : (await otherEnvironments(found, around, project, environment)).map(remarked);
  const pipxFound = await pipx;
  const withoutPipx = without.includes('pipx')
    ? undefined
    : lookWithoutPipx({ command: asked.command, environment, systemPackages, uid, found: pipxFound, cwd });
  return Object.freeze({
    command: asked.command,
    name: asked.name,
    realPip,
    verdict,
    manager,
    where,
    cwd,
    home,
    variables: Object.keys(environment.variables),
    homeOwner: lookAtPlace(home).owner,
    uid,
    place: lookAtPlace(place),
    environment: without.includes('remarks') ? found : remarked(found),
    maker: lookForMaker(interpreter, manager, environment, place),
    seeds: lookForSeeds(interpreter, pip?.directory),
    ownLibrary: dirname(__filename),
    dryRun: isDryRun(asked.command, interpreter, pip?.version, environment),
    sentElsewhere:
      interpreter === undefined
        ? []
        : sentElsewhere({
            environment,
            directory: found.directory,
            basePrefix: interpreter.prefix,
            pip: pip?.version ?? newest,
          }),
    notApplications: lookForLocalLibraries(asked.command, cwd),
    installer: settings.value(schema.installer),
    remembers: settings.value(schema.remember),
    bans: bansFor(settings, environment.decided),
    ...(settings.value(schema.installer) === 'uv'
      ? { uv: lookForUv(asked.command, interpreter, pip?.version, environment, place) }
      : {}),
    ...(interpreter === undefined ? {} : { interpreter }),
    ...(managerWords === undefined ? {} : { managerWords }),
    ...(pip === undefined ? {} : { pipPackage: pip.directory }),
    ...(pip?.version === undefined ? {} : { pipVersion: pip.version }),
    ...(project === undefined ? {} : { project }),
    ...(speaksFor === undefined ? {} : { speaksFor }),
    ...(above === undefined ? {} : { above }),
    ...(systemModule === undefined ? {} : { systemModule }),
    ...(sees === 'auto' ? {} : { seesSystem: sees }),
    ...(others.length === 0 ? {} : { besides: others }),
    ...(active === undefined ? {} : { active }),
    ...(managed === undefined ? {} : { managedProject: managed }),
    ...(otherPythons === undefined ? {} : { otherPythons }),
    ...(making === undefined ? {} : { making }),
    ...(unmet === undefined ? {} : { unmet }),
    ...(systemPackages === undefined ? {} : { systemPackages }),
    ...(pipxFound === undefined ? {} : { pipx: pipxFound }),
    ...(withoutPipx === undefined ? {} : { withoutPipx }),
  });
}
