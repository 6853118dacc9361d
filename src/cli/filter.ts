import { didYouMean } from '../config/suggest.js';
import type { Control, Guide } from '../core/control.js';
import type { Finding } from '../core/finding.js';
import { globMatcher } from '../core/glob.js';
import { InputError } from '../core/input-error.js';
import { severities, type Severity } from '../core/outcome.js';
import type { Snapshot } from '../core/snapshot.js';
import type { FilterOptions } from './options.js';

/**
 * The guides with those controls that are wanted.
 * @throws InputError for a pattern that nothing matches: a mistyped name must not look like a clean estate.
 */
export function wantedGuides(guides: readonly Guide[], options: FilterOptions): readonly Guide[] {
  const controls = guides.flatMap((guide) => guide.controls.map(({ id }) => id));
  const isGuide = matcher(
    '--guide',
    options.guide,
    guides.map(({ id }) => id),
  );
  const isControl = matcher('--control', options.control, controls);
  const isSevere = atLeast(options.severity);
  const wanted = (control: Control): boolean => isControl(control.id) && isSevere(control.severity);
  return guides
    .filter((guide) => isGuide(guide.id))
    .map((guide) => ({ ...guide, controls: guide.controls.filter(wanted) }));
}

/** The findings on applications that are wanted. @throws InputError for a pattern that no application matches. */
export function wantedFindings(
  findings: readonly Finding[],
  snapshot: Snapshot,
  options: FilterOptions,
): readonly Finding[] {
  if (options.application === undefined) return findings;
  const isWanted = matcher('--application', options.application, applicationNames(snapshot));
  return findings.filter(({ target }) => target.application !== undefined && isWanted(target.application));
}

function applicationNames(snapshot: Snapshot): string[] {
  const names = Object.values(snapshot.controllers).flatMap((controller) =>
    Object.values(controller.models).flatMap((model) => Object.keys(model.applications)),
  );
  return [...new Set(names)];
}

function matcher(
  option: string,
  patterns: readonly string[] | undefined,
  names: readonly string[],
): (name: string) => boolean {
  if (patterns === undefined) return () => true;
  const tests = patterns.map(globMatcher);
  patterns.forEach((pattern, index) => {
    if (!names.some((name) => tests[index]?.(name) === true))
      throw new InputError(
        `${option} ${pattern} matches nothing${meant(pattern, names) || among(option === '--control' ? familiesOf(names) : names)}`,
      );
  });
  return (name) => tests.some((fits) => fits(name));
}

/** For a pattern the family of names that it may have meant: `ETCD-*`. */
function meant(pattern: string, names: readonly string[]): string {
  return didYouMean(pattern, pattern.includes('*') ? familiesOf(names) : names);
}

/** `ETCD-ENC-01` belongs to `ETCD-*` and `ETCD-ENC-*`. */
function familiesOf(names: readonly string[]): readonly string[] {
  const heads = (parts: number): string[] =>
    names.map((name) => `${name.split('-').slice(0, parts).join('-')}-*`);
  return [...new Set([...heads(1), ...heads(2)])];
}

function among(names: readonly string[]): string {
  const few = names.slice(0, 12).join(', ');
  return names.length === 0 ? ': there is none' : `: there is ${few}${names.length > 12 ? ', …' : ''}`;
}

function atLeast(severity: Severity | undefined): (other: Severity) => boolean {
  const limit = severity === undefined ? severities.length : severities.indexOf(severity);
  return (other) => severities.indexOf(other) <= limit;
}
