import { join } from 'node:path';
import { listing } from '../system/listing.ts';

/** What every new environment may bring along: losing it is losing nothing. */
const brought = /^(pip|setuptools|wheel|distribute|pkg_resources)-/i;

/** How many packages were installed into an environment, by their `.dist-info` (PEP 376, PEP 627). Executes nothing. */
export function heldPackages(environment: string): number {
  return listing(join(environment, 'lib'))
    .flatMap((library) => listing(join(environment, 'lib', library, 'site-packages')))
    .filter((name) => /\.(dist|egg)-info$/.test(name) && !brought.test(name)).length;
}
