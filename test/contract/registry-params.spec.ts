/** What a person reads of a control's parameters: each says what it is for, of what type it is and what it is by default. */
import { describe, expect, it } from '@jest/globals';
import { controlSheet, type ParameterSheet } from '../../src/cli/control-sheet.js';
import { guides } from '../../src/guides/index.js';

const all: readonly (readonly [string, ParameterSheet])[] = guides.flatMap((guide) =>
  guide.controls.flatMap((control) =>
    controlSheet(control, guide).parameters.map(
      (parameter) => [`${control.id} ${parameter.name}`, parameter] as const,
    ),
  ),
);

function named(wrong: (parameter: ParameterSheet) => boolean): readonly string[] {
  return all.filter(([, parameter]) => wrong(parameter)).map(([name]) => name);
}

/** One sentence of some words: with a capital first, a full stop last, and none between. */
function isSentence(text: string): boolean {
  return /^[A-Z].{18,}\.$/.test(text) && !/\.\s/.test(text);
}

describe(`the ${all.length} parameters of all controls`, () => {
  it('are described, each in one sentence', () => {
    expect(all.length).toBeGreaterThan(90);
    expect(named(({ description = '' }) => !isSentence(description))).toEqual([]);
  });

  it('are of a type that can be told', () => {
    expect(named(({ type }) => /\banything\b|(^| )object( |$)|^group of $/.test(type))).toEqual([]);
  });

  it('that are durations show how one is written', () => {
    expect(
      named(({ type, description = '' }) => type === 'duration' && !/, as in \d+[mhd]\b/.test(description)),
    ).toEqual([]);
  });

  it('that are durations have a default which is one', () => {
    const durations = all.filter(([, { type }]) => type === 'duration');
    expect(durations.length).toBeGreaterThan(8);
    expect(
      named(({ type, default: value }) => type === 'duration' && !/^\d+[mhd]$/.test(String(value))),
    ).toEqual([]);
  });
});
