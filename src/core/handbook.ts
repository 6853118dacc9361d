/** What is told of a control to those who live with it, besides why it is there and how it is put right by hand. */
import type { EvidenceKind } from './outcome.js';

export interface Handbook {
  /** When it passes, in one sentence. */
  readonly passes: string;
  readonly waiving: Waiving;
  /** What Holdfast itself would do; there exactly where the control has remedies. */
  readonly change?: Change;
  /** What evidence needs of this control, where that differs from what its kind needs in general. */
  readonly needs?: Partial<Readonly<Record<EvidenceKind, string>>>;
}

/** Advice on living with a violation for a while. */
export interface Waiving {
  /** When a waiver is right, and when it is not. */
  readonly when: string;
  /** What to put in the control's place meanwhile. */
  readonly instead: string;
  /** The longest time after which somebody should look again: `30d`. */
  readonly atMost: string;
  /** A reason as somebody might write it into the policy. */
  readonly reason: string;
  /** The control that makes up for it, if one does: the waiver then is of kind `mitigated`. */
  readonly compensatedBy?: string;
}

/** A change as Holdfast makes it. */
export interface Change {
  readonly steps: readonly string[];
  /** How it is undone, or why it is not. */
  readonly rollback: string;
  /** Who loses access, for a moment or for good. */
  readonly cutsOff: string;
}

/** A document with headings that controls cite: of a guide, or of what the guide builds on. */
export interface Publication {
  readonly title: string;
  readonly url: string;
  /** Heading to its anchor; '' where the page has none. */
  readonly headings: Readonly<Record<string, string>>;
}

/** Where the section that a control cites is to be read. */
export interface Citation {
  readonly title: string;
  /** With the anchor of the section, where there is one. */
  readonly url: string;
}

/** The first of the publications with that heading; undefined where none has it. */
export function citationOf(section: string, publications: readonly Publication[]): Citation | undefined {
  const cited = publications.find(({ headings }) => Object.hasOwn(headings, section));
  if (cited === undefined) return undefined;
  const anchor = cited.headings[section] ?? '';
  return { title: cited.title, url: anchor === '' ? cited.url : `${cited.url}#${anchor}` };
}

/** A kind of evidence for people: what it is, and what has to be there so that it is seen. */
export interface EvidenceNeed {
  readonly kind: EvidenceKind;
  readonly name: string;
  readonly needs: string;
}

const kinds: Readonly<Record<EvidenceKind, Omit<EvidenceNeed, 'kind'>>> = {
  S: {
    name: 'Juju status and relations',
    needs: 'identities.observer of the controller, with read on the model',
  },
  J: {
    name: 'other Juju calls (settings, users, access)',
    needs: 'identities.observer of the controller, with read on the model',
  },
  K: {
    name: 'Kubernetes objects',
    needs:
      "a cluster in the policy, as in 'clusters: [{ name: prod, kubeconfig: FILE }]', with the rights that deploy/kubernetes gives",
  },
  W: {
    name: 'inside the units',
    needs:
      "identities.prober of the controller (model admin, which equals root on the units), and the units allowed, as in 'workload: [{ match: { model: MODEL } }]'",
  },
  H: {
    name: 'Charmhub',
    needs:
      "no right in Juju: 'charmhub: { mode: live }' in the policy, a way to Charmhub and the juju command; without a way, dated data that 'holdfast data fetch' wrote",
  },
  A: {
    name: 'a statement by a named owner',
    needs:
      "an entry under attestations of the policy, with 'match: { control: ID }', statement, owner, attested and expires",
  },
  N: { name: 'our own history', needs: 'the journal of Holdfast, which tells what it did itself' },
  P: {
    name: 'a probe of the units’ ports',
    needs: 'a way through the network to the units; no right in Juju',
  },
  O: {
    name: 'the observability stack',
    needs:
      "the stack in the policy, as in 'observability: [{ name: cos, prometheus: { url: URL }, loki: { url: URL }, alertmanager: { url: URL } }]'",
  },
};

/** What each kind of evidence needs, for a control in particular or in general. */
export function evidenceNeeds(
  evidence: readonly EvidenceKind[],
  own: Handbook['needs'] = {},
): readonly EvidenceNeed[] {
  return evidence.map((kind) => ({ kind, name: kinds[kind].name, needs: own[kind] ?? kinds[kind].needs }));
}

/** Given by the language of controls itself, whatever the control. */
export const commonReasons: Readonly<Record<string, string>> = {
  AsRequired: 'It passes.',
  Attested: 'It is for a person, and a named owner states it: that counts until the statement ends.',
  NotObserved: 'What has to be seen was not read; the message says why.',
  PermissionMissing: 'What has to be seen was not read; the message names the right that would change that.',
};
