/** Charms whose status says whether they were configured; texts from the charms' sources. */
import { setWorkload } from '../world/hooks.js';
import type { SimApplication, World } from '../world/state.js';
import type { Behaviour } from './behaviour.js';

interface Verdict {
  readonly status: string;
  readonly message: string;
}

export const landscapeClient = judged(() => ({ status: 'active', message: 'Client registered!' }));

export const ubuntuPro = judged((application) =>
  option(application, 'token') === ''
    ? { status: 'blocked', message: 'No token configured' }
    : { status: 'active', message: 'Attached (esm-apps,esm-infra,livepatch)' },
);

export const s3Integrator = judged((application) => {
  if (application.charm.options['credentials'] === undefined) return { status: 'active', message: '' };
  return option(application, 'credentials') === ''
    ? { status: 'blocked', message: "Missing config(s): 'credentials'" }
    : { status: 'active', message: '' };
});

function judged(verdict: (application: SimApplication) => Verdict): Behaviour {
  const refresh = (world: World, application: SimApplication): void => {
    const { status, message } = verdict(application);
    for (const unit of application.units) {
      if (unit.workload.status !== 'waiting') setWorkload(world, unit, status, message);
    }
  };
  return { start: refresh, refresh };
}

function option({ settings, charm }: SimApplication, name: string): string {
  return String(settings.get(name) ?? charm.options[name]?.[1] ?? '');
}
