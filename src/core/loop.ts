/** Whether a value contains itself, as only YAML's aliases can make it. */
export function hasLoop(value: unknown): boolean {
  const sound = new Set<object>();
  const open = new Set<object>();
  const loops = (part: unknown): boolean => {
    if (typeof part !== 'object' || part === null || sound.has(part)) return false;
    if (open.has(part)) return true;
    open.add(part);
    const found = Object.values(part).some(loops);
    open.delete(part);
    sound.add(part);
    return found;
  };
  return loops(value);
}
