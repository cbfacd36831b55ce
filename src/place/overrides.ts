import { join } from 'node:path';
import { managers } from '../detours/system-package/managers/index.ts';
import type { PackageManager } from '../detours/system-package/managers/manager.ts';
import { orderedItems, readConfiguration } from '../pip/config.ts';
import { strtobool } from '../pip/value.ts';
import { listing } from '../system/listing.ts';
import type { Environment } from '../system/variables.ts';
import type { Interpreter } from '../types.ts';

/** Something that switches the refusal off for good, for every pip on this Python. */
export type Override =
  /** The marker was packaged, and is not there: deleted, or renamed to `now`. */
  | { readonly kind: 'marker-removed'; readonly marker: string; readonly now?: string }
  /** A setting of pip's switches the protection off; `by` is the file, or the variable. */
  | { readonly kind: 'switched-off'; readonly by: string };

const markerName = 'EXTERNALLY-MANAGED';
const key = 'break-system-packages';

/** What switches the protection of a Python off for good. Reads files, starts nothing. */
export function lookForOverrides(
  interpreter: Interpreter | undefined,
  pip: string | undefined,
  environment: Environment,
  root = '/',
): readonly Override[] {
  if (interpreter === undefined || interpreter.environment !== undefined) return [];
  const removed = removedMarker(interpreter, root);
  return [
    ...(removed === undefined ? [] : [removed]),
    ...switchedOff(interpreter, pip ?? '26.2', environment),
  ];
}

function removedMarker({ stdlib, marker }: Interpreter, root: string): Override | undefined {
  if (marker !== undefined) return undefined;
  const path = join(stdlib, markerName);
  const renamed = listing(stdlib).find((name) => name.startsWith(`${markerName}.`));
  if (renamed !== undefined) return { kind: 'marker-removed', marker: path, now: join(stdlib, renamed) };
  return isPackaged(path, root) ? { kind: 'marker-removed', marker: path } : undefined;
}

/** Whether a package manager's own list says that the file belongs there. */
function isPackaged(path: string, root: string): boolean {
  return Object.values<PackageManager>(managers).some(({ ownerOf }) => ownerOf?.(path, root) !== undefined);
}

function switchedOff(interpreter: Interpreter, pip: string, environment: Environment): Override[] {
  const { prefix } = interpreter;
  const configuration = readConfiguration({ environment, prefix, basePrefix: prefix, pip, isolated: false });
  if (!('layers' in configuration)) return [];
  const last = configuration.layers.flatMap((layer, index) =>
    orderedItems([layer], 'install', pip).flatMap(([name, value]) =>
      name === key && strtobool(value) === true ? [configuration.files[index] ?? ''] : [],
    ),
  );
  const effective = orderedItems(configuration.layers, 'install', pip)
    .filter(([name]) => name === key)
    .at(-1);
  if (effective === undefined || strtobool(effective[1]) !== true) return [];
  return [...new Set(last)].map((by) => ({
    kind: 'switched-off',
    by: by === ':env:' ? 'PIP_BREAK_SYSTEM_PACKAGES' : by,
  }));
}
