import type { Catalogue } from './catalogue.js';
import { line, props, token } from './oscal-text.js';

/** The objective of a control: that it holds. */
export function objectiveOf(control: string): string {
  return `${token(control)}_obj`;
}

/** The controls that were judged, a selection for each guide. */
export function reviewedControls(catalogue: Catalogue): object {
  const groups = catalogue.guides.map((guide) => ({
    guide,
    controls: [...catalogue.reviewed].flatMap(([control, { finding }]) =>
      finding.guide === guide ? [control] : [],
    ),
  }));
  const judged = groups.filter(({ controls }) => controls.length > 0);
  if (judged.length === 0) return { 'control-selections': [{ description: 'No control was judged.' }] };
  return {
    'control-selections': judged.map(({ guide, controls }) => ({
      ...about(guide, catalogue),
      'include-controls': controls.map((control) => ({ 'control-id': token(control) })),
    })),
    'control-objective-selections': judged.map(({ guide, controls }) => ({
      ...about(guide, catalogue),
      'include-objectives': controls.map((control) => ({ 'objective-id': objectiveOf(control) })),
    })),
  };
}

function about(id: string, { guideOf }: Catalogue): object {
  const guide = guideOf(id);
  return { description: line(guide?.title ?? id), ...props({ guide: id, version: guide?.version }) };
}
