/** What a label reads when the value given is not one of the few expected. */
const otherwise = 'other';
const longest = 128;

/** Makes label values bounded: well-formed codes up to a number of different ones, `other` for everything else. */
export function boundedLabel(shape: RegExp, limit: number): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size >= limit || !shape.test(value)) return otherwise;
    seen.add(value);
    return value;
  };
}

/** The name of a controller or model as a label value; empty where a road names none. */
export function nameLabel(name: string | undefined): string {
  return (name ?? '').slice(0, longest);
}
