/** Whether an action ended well; what it throws is nobody's concern. */
export function tried(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
