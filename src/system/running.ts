import { systemCode } from './errors.ts';

/** Whether a process of this number is there, whoever's it is (kill(2), signal 0). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return systemCode(thrown) === 'EPERM';
  }
}
