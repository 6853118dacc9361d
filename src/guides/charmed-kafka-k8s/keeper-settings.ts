/** What `zoo.cfg` and the dynamic file of ZooKeeper say, as far as the controls ask (evidence kind W). */
import type { ApplicationView } from '../../core/evaluate/view.js';
import type { Judgement } from '../../core/judgement.js';
import { fine, insideJudgement, insideReasons, wrong } from '../shared/inside.js';

/** The reasons that the judgements of ZooKeeper's settings give, by what they ask. */
export const keeperReasons = {
  sasl: {
    ...insideReasons,
    SaslNotEnforced: 'ZooKeeper lets clients in that do not authenticate.',
    QuorumWithoutSasl: 'The members of ZooKeeper do not ask each other to authenticate.',
  },
  plainPort: {
    ...insideReasons,
    PlainPortStaysOpen:
      'The charm leaves port 2181 open for plain text, with TLS or without, and has no option for it.',
  },
} as const;

/** Whether clients and members have to authenticate by SASL. */
export function saslEnforced(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'zookeeper',
    what: `whether ${app.name} enforces SASL`,
    wanted: 'enforce.auth.enabled with sasl, and SASL among the members',
    met: `${app.name} enforces SASL for clients and among its members`,
    verdict: (settings) => {
      const { enforceAuth, authSchemes, saslProvider, quorumSasl } = settings;
      const { quorumLearnerRequires: learner, quorumServerRequires: server } = settings;
      const seen = `enforced ${String(enforceAuth)} (${authSchemes.join(',')}), quorum ${String(quorumSasl && learner && server)}`;
      // Digest beside SASL is the charm's own choice: its super user comes by it.
      const isEnforced =
        enforceAuth &&
        saslProvider &&
        authSchemes.includes('sasl') &&
        authSchemes.every((one) => one === 'sasl' || one === 'digest');
      if (!isEnforced) return wrong('SaslNotEnforced', 'lets in clients that do not authenticate', seen);
      return quorumSasl && learner && server
        ? fine(seen)
        : wrong('QuorumWithoutSasl', 'has members that do not authenticate', seen);
    },
  });
}

/** Whether no port is left on which clients are served in plain text. */
export function plainPortClosed(app: ApplicationView): Judgement {
  return insideJudgement(app, {
    kind: 'zookeeper',
    what: `whether ${app.name} serves clients in plain text`,
    wanted: 'no port for plain text',
    met: `${app.name} serves its clients over TLS only`,
    verdict: ({ plainPorts }) =>
      plainPorts.length === 0
        ? fine('no port for plain text')
        : wrong(
            'PlainPortStaysOpen',
            `serves plain text on port ${plainPorts.join(', ')}`,
            `port ${plainPorts.join(', ')}`,
          ),
  });
}
