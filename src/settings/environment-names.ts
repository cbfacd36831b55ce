import { environmentNames } from '../project/environments.ts';
import type { Settings } from './layers.ts';
import { schema } from './schema.ts';

/** The names a project's environment goes by where these settings hold, the one that was set first. */
export function environmentNamesBy(settings: Settings): readonly string[] {
  return [settings.value(schema.environment), ...environmentNames];
}
