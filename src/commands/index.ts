import { choices } from './choices.ts';
import { config } from './config.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { forget } from './forget.ts';
import { record } from './record.ts';
import { repair } from './repair.ts';
import { run } from './run.ts';
import { setup } from './setup.ts';
import { status } from './status.ts';
import { trust } from './trust.ts';
import { uninstall } from './uninstall.ts';
import { where } from './where.ts';

/** The subcommands of `pip-detour`, in the order `--help` lists them. */
export const commands = [
  status,
  explain,
  run,
  where,
  choices,
  forget,
  repair,
  record,
  config,
  trust,
  demo,
  doctor,
  setup,
  uninstall,
];
