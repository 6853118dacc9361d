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

/** The name of a controller, model or application as a label value; empty where there is none. */
export function nameLabel(name: string | undefined): string {
  return (name ?? '').slice(0, longest);
}

/** Where something is, as far as labels may name it. */
export interface LabelPlace {
  readonly controller?: string | undefined;
  readonly model?: string | undefined;
  readonly application?: string | undefined;
  /** Never a label itself; it tells the application. */
  readonly unit?: string | undefined;
}

export function modelLabels(place: LabelPlace): {
  readonly controller: string;
  readonly target_model: string;
} {
  return { controller: nameLabel(place.controller), target_model: nameLabel(place.model) };
}

export function placeLabels(place: LabelPlace): {
  readonly controller: string;
  readonly target_model: string;
  readonly target_application: string;
} {
  const application = place.application ?? place.unit?.split('/')[0];
  return { ...modelLabels(place), target_application: nameLabel(application) };
}
