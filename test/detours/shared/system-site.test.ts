import { describe, expect, it } from 'vitest';
import { isHardware } from '../../../src/detours/shared/system-site.ts';
import { systemPackage } from '../../../src/detours/system-package/index.ts';
import { venv } from '../../../src/detours/venv/index.ts';
import type { Situation } from '../../../src/types.ts';
import { sandbox } from '../../support/sandbox.ts';
import { situationFor } from '../../support/situations.ts';

const pi: Partial<Situation> = {
  where: { kinds: ['raspberry-pi'], throwAway: false },
  manager: 'Raspberry Pi OS',
};
const maker = (kind: 'virtualenv' | 'uv'): Partial<Situation> => ({
  maker: { kind, executable: `/usr/bin/${kind}` },
});

/** What makes the environment, as it would be typed. */
function making(line: string, change: Partial<Situation>): string {
  const { steps } = venv.plan(situationFor(line, change));
  const step = steps[1];
  if (step?.kind !== 'run') throw new Error('nothing makes the environment');
  return [step.command, ...step.args].join(' ');
}

describe('a new environment sees the packages of the system', () => {
  it.each<[string, Partial<Situation>]>([
    ['install gpiozero', pi],
    ['install RPi.GPIO', pi],
    ['install requests picamera2', pi],
    ['install lgpio==0.2', pi],
    ['install spidev smbus', pi],
    ['install --no-build-isolation .', {}],
    ['install requests', { systemModule: { module: 'gi', wantedBy: 'app.py imports gi' } }],
    ['install requests', { systemModule: { module: 'gi', wantedBy: 'app.py imports gi' }, ...maker('uv') }],
    ['install requests', { seesSystem: true }],
    ['install gpiozero', { ...pi, ...maker('uv') }],
    ['install gpiozero', { ...pi, ...maker('virtualenv') }],
  ])('pip %s', (line, change) => {
    expect(making(line, change)).toContain(' --system-site-packages ');
    expect(venv.detail(situationFor(line, change))).toContain("sees the system's packages");
  });

  it.each<[string, Partial<Situation>]>([
    ['install requests', pi],
    ['install gpiozero', {}],
    ['install .', {}],
    ['install requests', maker('uv')],
    ['install gpiozero', { ...pi, seesSystem: false }],
  ])('and does not without need: pip %s', (line, change) => {
    expect(making(line, change)).not.toContain('--system-site-packages');
    expect(venv.detail(situationFor(line, change))).not.toContain("sees the system's packages");
  });

  it.each<[string, Partial<Situation>, boolean]>([
    ['install gpiozero lgpio', pi, true],
    ['install gpiozero requests', pi, false],
    ['install gpiozero', {}, false],
    ['install', pi, false],
  ])("apt's own are recommended for hardware alone, on a Pi: pip %s with %j, %s", (line, change, wanted) => {
    expect(systemPackage.recommended(situationFor(line, change)) !== undefined).toBe(wanted);
  });

  it('names are compared as pip compares them', () => {
    expect(isHardware('rpi-gpio')).toBe(true);
    expect(isHardware('requests')).toBe(false);
  });
});

describe('a project that is built without isolation', () => {
  const project = (box: ReturnType<typeof sandbox>) => {
    box.write(
      'setup.py',
      'from setuptools import setup\nsetup(name="my-shop", version="1", py_modules=["my_shop"])\n',
    );
    box.write('my_shop.py', 'where = __file__\n');
  };

  it("is built with the system's setuptools, which the new environment sees", () => {
    const box = sandbox({ PIP_DETOUR: 'venv' });
    project(box);
    const ran = box.run('pip', ['install', '--no-build-isolation', '.']);
    expect(ran.stdout).toContain('Successfully installed my-shop-1');
    expect(box.run(`${box.project}/.venv/bin/python`, ['-c', 'import my_shop'], { cwd: '/' }).code).toBe(0);
  });
});
