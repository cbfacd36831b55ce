import type { CommandModule } from 'yargs';
import type { Finding } from '../doctor/finding.ts';
import { groups } from '../doctor/index.ts';
import { patientOf } from '../doctor/patient.ts';
import { shown, wrap } from '../prompt/text.ts';
import { masked, maskedJson } from '../system/mask.ts';
import { type Environment, readEnvironment } from '../system/variables.ts';

/** `pip-detour doctor [--json]`: exit code 0 when nothing failed. */
export const doctor: CommandModule = {
  command: 'doctor',
  describe: 'Try everything for real, and say what is wrong and what to type',
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .option('quick', { type: 'boolean', default: false, describe: 'Leave out the trial install' }),
  async handler(args) {
    const environment = readEnvironment();
    const patient = await patientOf(environment);
    const json = args['json'] === true;
    const findings: Finding[] = [];
    for (const { title, look, slow } of groups) {
      if (slow && args['quick'] === true) continue;
      if (!json) process.stdout.write(`${title}\n`);
      const found = await look(patient);
      findings.push(...found);
      if (!json)
        for (const finding of found) process.stdout.write(`${masked(inWords(finding, environment))}\n`);
    }
    const failures = findings.filter(({ state }) => state === 'failed').length;
    process.stdout.write(
      json ? `${maskedJson(report(findings), 2)}\n` : `\n${summary(failures, findings.length)}\n`,
    );
    if (failures > 0) process.exitCode = 1;
  },
};

/** What `doctor --json` prints; fields are only ever added. */
export interface DoctorReport {
  readonly ok: boolean;
  readonly checks: readonly (Pick<Finding, 'check' | 'state' | 'says'> & { readonly mend: string | null })[];
}

function report(findings: readonly Finding[]): DoctorReport {
  return {
    ok: findings.every(({ state }) => state !== 'failed'),
    checks: findings.map((finding) => ({
      ...finding,
      mend: finding.state === 'failed' ? finding.mend : null,
    })),
  };
}

/** Wrapped in a terminal; a command to be typed stays on one line, so that it can be copied. */
function inWords(finding: Finding, { unicode }: Environment): string {
  const signs = unicode
    ? { ok: '✓', note: '·', failed: '✗', mend: '→' }
    : { ok: '+', note: '-', failed: 'x', mend: '>' };
  const width = process.stdout.columns ?? Number.POSITIVE_INFINITY;
  const [first = '', ...more] = wrap(shown(finding.says, unicode), width - 4);
  const lines = [`  ${signs[finding.state]} ${first}`, ...more.map((line) => `    ${line}`)];
  if (finding.state === 'failed') lines.push(`    ${signs.mend} ${shown(finding.mend, unicode)}`);
  return lines.join('\n');
}

function summary(failures: number, all: number): string {
  if (failures === 0) return 'All is well.';
  const words = failures === 1 ? ['is', 'it'] : ['are', 'they'];
  return `${failures} of ${all} ${words[0]} not as ${words[1]} should be;\ntype what follows the arrow.`;
}
