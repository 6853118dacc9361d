import type { CharmFacts } from '../charm.js';

/** The charm of the application `controller` in every controller model. */
export const jujuController: CharmFacts = {
  name: 'juju-controller',
  track: '4.0',
  base: '24.04',
  workloadVersion: '',
  revision: 116,
  endpoints: [
    'dbcluster peer dbcluster',
    'website provider http',
    'metrics-endpoint provider prometheus_scrape',
    'dashboard requirer juju-dashboard',
  ],
  options: {
    'controller-url': ['string', ''],
    'identity-provider-url': ['string', ''],
    'is-juju': ['boolean', true],
  },
  actions: [],
};
