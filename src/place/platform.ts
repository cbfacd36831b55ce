import { existsSync } from 'node:fs';
import { keeperOf, managerById, nameOfDistribution } from '../detours/system-package/managers/index.ts';
import { systemText } from '../system/text-file.ts';
import type { Interpreter } from '../types.ts';

/**
 * Who manages an interpreter, as a name to be shown. The place of the Python says more than os-release does: Homebrew,
 * Nix and uv keep Pythons of their own on any system.
 */
export function managerOf(interpreter: Interpreter | undefined, release = readRelease()): string {
  const place = interpreter?.stdlib ?? '';
  const keeper = keeperOf(place);
  const called = keeper === undefined ? undefined : managerById(keeper)?.keeps?.called;
  if (called !== undefined) return called;
  if (/\/uv\/python\//.test(place) || markerText(interpreter).includes('managed by uv')) return 'uv';
  if (/conda|mamba/i.test(place)) return 'conda';
  const id = release.get('ID') ?? '';
  if (id === 'debian' && existsSync('/etc/rpi-issue')) return 'Raspberry Pi OS';
  return nameOfDistribution(id) ?? release.get('NAME') ?? 'your system';
}

function markerText(interpreter: Interpreter | undefined): string {
  return interpreter?.marker === undefined ? '' : systemText(interpreter.marker).slice(0, 20_000);
}

/** os-release(5): shell-like `KEY=value` lines. */
export function readRelease(): Map<string, string> {
  const release = new Map<string, string>();
  const text = systemText('/etc/os-release') || systemText('/usr/lib/os-release');
  for (const line of text.split('\n')) {
    const match = /^([A-Z_]+)=["']?(.*?)["']?$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) release.set(match[1], match[2]);
  }
  return release;
}
