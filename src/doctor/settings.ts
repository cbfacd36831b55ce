import { keepValid } from '../settings/layers.ts';
import { readSources } from '../settings/read.ts';
import { currentDirectory } from '../system/real-path.ts';
import { type Finding, failed, ok } from './finding.ts';
import type { Patient } from './patient.ts';

/** Everything that says a setting here can be read, and says what it can mean. */
export async function checkSettings({ environment, short, typed }: Patient): Promise<readonly Finding[]> {
  const readings = await readSources(environment, currentDirectory());
  const found = readings.flatMap((reading) =>
    reading.ok
      ? keepValid(reading.raw).problems.map((problem) =>
          wrong(reading.raw.from, `: ${problem}; this setting is ignored`),
        )
      : [wrong(reading.from, ` ${reading.problem}; the whole file is ignored`)],
  );
  function wrong(from: string, problem: string): Finding {
    const isFile = from.startsWith('/');
    const mend = isFile
      ? `\${EDITOR:-vi} ${typed(from)}`
      : `unset ${from}; and remove it from your start-up files`;
    return failed('settings', `${short(from)}${problem}`, mend);
  }
  if (found.length > 0) return found;
  const places = readings.map((reading) => short(reading.ok ? reading.raw.from : reading.from));
  return [
    ok(
      'settings',
      places.length === 0 ? 'no settings: the defaults apply' : `read from ${places.join(', ')}`,
    ),
  ];
}
