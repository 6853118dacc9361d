/** The units' ports without sockets: what they were told to serve is what a probe of them finds. */
import type { ProbeTarget } from '../../core/ports/prober.js';
import type { PortProbe } from '../../core/snapshot.js';
import { instant } from '../../core/time.js';
import type { SimUnit } from '../world/state.js';
import type { PortPlan, UnitPorts } from '../world/unit-ports.js';

const day = 86_400_000;
const certificateDays = 90;

interface Served {
  readonly plan: PortPlan;
  readonly unit: string;
  /** When its certificate was issued, ms. */
  readonly since: number;
}

export class Ports implements UnitPorts {
  readonly #served = new Map<string, Served>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  set(unit: SimUnit, plan: PortPlan): Promise<void> {
    const key = `${unit.address}:${plan.port}`;
    this.#served.set(key, { plan, unit: unit.name, since: this.#now() });
    return Promise.resolve();
  }

  settled(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** What a probe from where Holdfast runs finds. */
  answer({ address, port }: ProbeTarget): PortProbe {
    const served = this.#served.get(`${address}:${port}`);
    if (served === undefined || served.plan.mode === 'closed') return { port, answer: 'refused' };
    const { mode } = served.plan;
    if (mode === 'plaintext') return { port, answer: 'plaintext' };
    const met = { protocol: 'TLSv1.3 TLS_AES_128_GCM_SHA256', certificate: certificateOf(served) };
    return { port, answer: answers[mode], ...met };
  }
}

const answers = { 'mutual-tls': 'tls-client-certificate', tls: 'tls', 'tls-offered': 'plaintext' } as const;

function certificateOf({ plan, unit, since }: Served): NonNullable<PortProbe['certificate']> {
  return {
    subject: `CN=${unit.replace('/', '-')}`,
    issuer: `CN=${plan.provider?.commonName ?? 'none'}`,
    notAfter: instant(since + certificateDays * day),
  };
}
