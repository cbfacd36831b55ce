import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { demoPackage, type Stage, setStage, stageDirectory } from '../demo/stage.ts';
import { succeeded } from '../system/ending.ts';
import { DetourError } from '../system/errors.ts';
import { run } from '../system/process.ts';
import { printable } from '../system/quote.ts';
import type { Ending } from '../types.ts';
import { type Finding, failed, note, ok } from './finding.ts';
import type { Patient } from './patient.ts';

/** How long one pip may take, in ms, on a slow disk. */
const patience = 120_000;

/** A real install in a temporary home, without a network: refused by the real pip, and taken in hand by the shim. */
export async function checkLive({ environment, program }: Patient): Promise<readonly Finding[]> {
  const root = stageDirectory();
  const remove = () => rmSync(root, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    return [await tryOn(await setStage(root, program, environment))];
  } catch (thrown) {
    if (!(thrown instanceof DetourError)) throw thrown;
    return [note('live-install', `not tried: ${thrown.message}`)];
  } finally {
    remove();
    process.off('exit', remove);
  }
}

async function tryOn(stage: Stage): Promise<Finding> {
  const refusal = await install(stage, { PIP_DETOUR: 'off' });
  if (succeeded(refusal.ending) || !refusal.wrote.includes('externally-managed-environment'))
    return note('live-install', `not tried: ${stage.pip} did not refuse where it should have`);
  const taken = await install(stage, { PIP_DETOUR: 'venv' });
  if (succeeded(taken.ending) && (await isInstalled(stage)))
    return ok('live-install', 'a refused pip install in a temporary directory was handled, and worked');
  const last = taken.wrote.trim().split('\n').at(-1) ?? '';
  return failed(
    'live-install',
    `a refused pip install in a temporary directory was ${taken.wrote.includes('externally-managed') ? 'not handled' : 'handled, but failed'}: ${printable(last)}`,
    'run ./install.sh again, in the checkout of pip-detour; until then, PIP_DETOUR=off pip … is the real pip',
  );
}

async function install(
  stage: Stage,
  variables: Record<string, string>,
): Promise<{ ending: Ending; wrote: string }> {
  const chunks: Buffer[] = [];
  const ending = await run(join(stage.shims, stage.pip), ['install', demoPackage], {
    cwd: stage.project,
    env: { ...stage.env, ...variables },
    stdin: 'ignore',
    timeout: patience,
    onStdout: () => {},
    onStderr: (chunk) => chunks.push(chunk),
  });
  return { ending, wrote: Buffer.concat(chunks).toString('utf8') };
}

async function isInstalled(stage: Stage): Promise<boolean> {
  const python = join(stage.project, '.venv/bin/python');
  if (!existsSync(python)) return false;
  const ending = await run(python, ['-c', 'import demo_package'], {
    cwd: stage.project,
    env: stage.env,
    stdin: 'ignore',
    onStdout: () => {},
    onStderr: () => {},
  });
  return succeeded(ending);
}
