import type { ApplicationView } from '../../core/evaluate/view.js';
import { isKnown } from '../../core/fact.js';
import { evidenceOf, fail, manual, notSeen, pass, unsettled, type Judgement } from '../../core/judgement.js';
import type { ConfigOption, PortProbe } from '../../core/snapshot.js';
import { clientEndpoint, clientPort } from './charmed-etcd.js';
import { clientTlsSetUp, etcdSettingReasons } from './etcd-settings.js';
import { withInside } from './inside.js';
import { good, portsJudgement, probeReasons, type Verdict } from './probes.js';
import { isSurelyUnrelated } from './relations.js';

/** The reasons that `passwordTransport` gives. */
export const passwordTransportReasons = {
  ...probeReasons,
  ...etcdSettingReasons.clientTls,
  PasswordsTravelInClear:
    "The client port speaks plain text, and the charm's root user at least has a password.",
} as const;

/** The reasons that `passwordOrigin` gives. */
export const passwordOriginReasons = {
  PasswordSetByOperator:
    'The password comes from a secret that a person filled; how strong it is cannot be seen.',
  OptionNotShown: 'The option that tells where the password comes from was left out of what was read.',
} as const;

/** Whether passwords can only travel over TLS: every charmed etcd has at least the password of its root user. */
export function passwordTransport(app: ApplicationView): Judgement {
  const wanted = 'TLS on port 2379 of every unit, so that passwords do not travel in clear';
  const judged = portsJudgement(app, {
    ports: [clientPort],
    wanted,
    met: 'every unit speaks TLS with its clients, so passwords do not travel in clear',
    verdict: transport,
  });
  const both = withInside(judged, clientTlsSetUp(app));
  const unrelated = isSurelyUnrelated(app, clientEndpoint);
  if (both.outcome !== 'unknown' || unrelated === undefined) return both;
  const message = `${app.name}:${clientEndpoint.name} has no TLS provider, so passwords travel in clear`;
  const seen = evidenceOf(unrelated, `nothing related to ${clientEndpoint.name}`, wanted);
  return fail('PasswordsTravelInClear', message, seen);
}

function transport({ answer }: PortProbe): Verdict {
  if (answer !== 'plaintext') return good;
  return { says: 'bad', reason: 'PasswordsTravelInClear', words: 'takes passwords in plain text' };
}

/** Whether the charm made up the passwords itself, which it does unless an operator hands it a secret. */
export function passwordOrigin(app: ApplicationView): Judgement {
  const wanted = 'passwords that the charm generates, or strong ones';
  const config = app.get('config');
  if (!isKnown(config)) return notSeen(config, wanted);
  switch (passwordSource(config.value['system-users'])) {
    case 'operator':
      return setByOperator(app);
    case 'hidden':
      return unsettled('OptionNotShown', `whether ${app.name} was given passwords was not kept`);
    case 'charm':
      return pass(`${app.name} generates its passwords`, evidenceOf(config, 'system-users not set', wanted));
  }
}

function passwordSource(option: ConfigOption | undefined): 'operator' | 'charm' | 'hidden' {
  if (option?.redacted === true) return option.source === 'default' ? 'hidden' : 'operator';
  const isSet = option?.value !== undefined && option.value !== null && option.value !== '';
  return isSet ? 'operator' : 'charm';
}

function setByOperator(app: ApplicationView): Judgement {
  const message = `the passwords of ${app.name} come from a secret; a named person has to state that they are strong`;
  return manual(
    'PasswordSetByOperator',
    message,
    evidenceOf(app.get('config'), 'system-users set', 'strong passwords'),
  );
}
