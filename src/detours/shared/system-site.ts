import { hasOption } from '../../pip/command-line.ts';
import type { Situation } from '../../types.ts';

/**
 * Libraries that reach hardware of the Raspberry Pi through parts that apt alone has (libcamera's bindings, the kernel's
 * headers); Raspberry Pi's documentation says to make the environment with --system-site-packages for them.
 */
const hardware: readonly string[] = [
  'adafruit-blinka',
  'colorzero',
  'gpiod',
  'gpiozero',
  'lgpio',
  'libcamera',
  'picamera',
  'picamera2',
  'pigpio',
  'pijuice',
  'rpi-gpio',
  'rpi-lgpio',
  'rpi-ws281x',
  'sense-hat',
  'smbus',
  'smbus2',
  'spidev',
  'v4l2-python3',
];

/** Whether a name (PEP 503) is that of a library that talks to the Raspberry Pi's hardware. */
export function isHardware(name: string): boolean {
  return hardware.includes(name);
}

/** Why a new environment should see the system's packages; undefined when it should not. */
export function seesSystem(situation: Situation): string | undefined {
  const { command, where, systemModule, seesSystem, manager } = situation;
  if (seesSystem !== undefined) return seesSystem ? 'as is set' : undefined;
  // Without isolation a build uses what is installed, and an empty environment has nothing.
  if (hasOption(command, '--no-build-isolation')) return '--no-build-isolation builds with what is there';
  if (systemModule !== undefined) return `${systemModule.wantedBy}, which comes from ${manager}`;
  if (!where.kinds.includes('raspberry-pi')) return undefined;
  const found = command.requirements.find((requirement) => isHardware(requirement.name ?? ''));
  return found === undefined ? undefined : `${found.text} needs what apt has`;
}
