/** Whether an action ended well; what it throws is nobody's concern. */
export function succeeds(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
