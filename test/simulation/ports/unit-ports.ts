/** Probes of the simulated units' ports as the daemon sees them, with what goes wrong with them. */
import type { Prober, ProbeTarget } from '../../../src/core/ports/prober.js';
import { Ports } from '../../../src/simulator/in-process/unit-ports.js';
import type { Life } from '../machine.js';

export { Ports };

/** What happens to a probe: it waits this long (ms), and may find nobody there. */
export type ProbeFault = (target: ProbeTarget) => { readonly delay: number; readonly lost: boolean };

/** Probes as the daemon sees them. */
export function simulatedProber(ports: Ports, life: Life, fault: ProbeFault): Prober {
  return {
    probe: async (target) => {
      const { delay, lost } = fault(target);
      if (delay > 0) await life.clock.sleep(delay);
      return lost ? { port: target.port, answer: 'timeout' } : ports.answer(target);
    },
  };
}
