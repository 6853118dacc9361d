/** The cases written beside custom controls: what is given, and what has to come of it. */
import { basename } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../../core/fact.js';
import type { Outcome } from '../../core/outcome.js';
import type { Snapshot } from '../../core/snapshot.js';
import { parseStrictly } from '../mistakes.js';
import { text } from '../policy/parts.js';
import { readTextFile } from '../read-file.js';
import { OutcomeName, Time } from '../schemas/common.js';
import { applicationFacts, controllerFacts, modelFacts } from '../schemas/snapshot.js';
import { readSnapshotText } from '../snapshot.js';
import { parseYamlText } from '../yaml-text.js';

const Gap = z.strictObject({
  unknown: z.strictObject({ reason: text, permission: text.exactOptional() }),
});
const Given = z.union([Gap, z.json()]);
const level = (facts: object): Record<string, z.ZodExactOptional> =>
  Object.fromEntries(Object.keys(facts).map((key) => [key, Given.exactOptional()]));

const Pieces = z.strictObject({
  application: z
    .strictObject({
      name: text.exactOptional(),
      ...level(applicationFacts),
      workload: z.record(z.string(), Given).exactOptional(),
    })
    .exactOptional(),
  model: z.strictObject({ name: text.exactOptional(), ...level(modelFacts) }).exactOptional(),
  controller: z.strictObject({ name: text.exactOptional(), ...level(controllerFacts) }).exactOptional(),
});

const Case = z
  .strictObject({
    name: text,
    given: Pieces.exactOptional(),
    status: text.exactOptional().meta({ description: 'Output of juju status; relative to this file.' }),
    snapshot: text.exactOptional().meta({ description: 'A saved snapshot; relative to this file.' }),
    asOf: Time.exactOptional(),
    application: text
      .exactOptional()
      .meta({ description: 'The application meant, where there are several.' }),
    model: text.exactOptional().meta({ description: 'The model meant, where there are several.' }),
    expect: z.strictObject({
      outcome: OutcomeName,
      reason: text.exactOptional(),
      message: text.exactOptional(),
    }),
  })
  .refine(({ given, status, snapshot }) => [given, status, snapshot].filter(Boolean).length === 1, {
    error: 'should have one of given, status and snapshot',
  });

/** The cases beside a custom control, version 1, as written by a person. */
export const CasesFile = z
  .strictObject({
    kind: z.literal('ControlCases'),
    version: z.literal('v1'),
    control: text.meta({ description: 'Id of the control that the cases are about.' }),
    cases: z.array(Case).min(1, 'has no case'),
  })
  .meta({ title: 'Holdfast cases of a custom control, version 1' });

export interface ControlCase {
  readonly name: string;
  readonly source: { readonly kind: 'given'; readonly snapshot: Snapshot } | CaseFile;
  /** Absent: when the snapshot was taken. */
  readonly asOf?: Instant;
  readonly application?: string;
  readonly model?: string;
  readonly expect: { readonly outcome: Outcome; readonly reason?: string; readonly message?: string };
}

interface CaseFile {
  readonly kind: 'status' | 'snapshot';
  readonly file: string;
}

/** The control that the cases of a file are about, and the cases. @throws InputError with every mistake. */
export function readCases(file: string): {
  readonly control: string;
  readonly cases: readonly ControlCase[];
} {
  const document = parseStrictly(CasesFile, parseYamlText(readTextFile(file).content, file), file);
  const cases = document.cases.map(({ name, given, status, snapshot, ...rest }, index): ControlCase => {
    if (status !== undefined) return { name, source: { kind: 'status', file: status }, ...rest };
    if (snapshot !== undefined) return { name, source: { kind: 'snapshot', file: snapshot }, ...rest };
    const place = `${basename(file)}: cases[${index}].given`;
    return { name, source: { kind: 'given', snapshot: snapshotOf(given ?? {}, place) }, ...rest };
  });
  return { control: document.control, cases };
}

/** The moment at which what is given was seen. */
const givenAt = '2026-01-01T00:00:00Z';

type Piece = Readonly<Record<string, unknown>>;

/** An estate of one of each: what is not given is unknown. @throws InputError for a value that its fact cannot have. */
function snapshotOf(
  { application, model = {}, controller = {} }: z.output<typeof Pieces>,
  place: string,
): Snapshot {
  const [own, its, theirs] = [
    nameIn(application, 'app'),
    nameIn(model, 'model'),
    nameIn(controller, 'controller'),
  ];
  const applications =
    application === undefined
      ? {}
      : {
          [own]: {
            ...factsOf(application, place),
            name: own,
            workload: factsOf(application.workload ?? {}, place),
          },
        };
  const models = { [its]: { ...factsOf(model, place), name: its, controller: theirs, applications } };
  const controllers = { [theirs]: { ...factsOf(controller, place), name: theirs, models } };
  return readSnapshotText(
    JSON.stringify({ kind: 'Snapshot', version: 'v1', takenAt: givenAt, controllers }),
    place,
  );
}

function nameIn(piece: Piece | undefined, otherwise: string): string {
  const name = piece?.['name'];
  return typeof name === 'string' ? name : otherwise;
}

function factsOf(piece: Piece, place: string): Piece {
  const entries = Object.entries(piece).filter(([key]) => key !== 'name' && key !== 'workload');
  return Object.fromEntries(entries.map(([key, value]) => [key, factOf(value, place)]));
}

function factOf(value: unknown, place: string): Piece {
  const read = { source: { road: 'snapshot', call: place }, at: givenAt };
  const gap = Gap.safeParse(value);
  return gap.success ? { ...read, unknown: gap.data.unknown } : { ...read, value };
}
