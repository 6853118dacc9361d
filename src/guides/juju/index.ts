import { defineGuide, type Guide } from '../../core/control.js';
import { etcdGuide, jujuHardening } from '../shared/publications.js';
import { neededExposure } from './app-exposure.js';
import { currentCharm, retiredCharm, stableChannel } from './app-charm.js';
import { listedCharm } from './listed-charm.js';
import { neededTrust } from './app-trust.js';
import { recognisedCloud } from './clouds.js';
import { auditArguments, auditedMethods, auditing } from './controller-audit.js';
import { controllerExposure } from './controller-exposure.js';
import { highAvailability } from './controller-ha.js';
import { controllerBackup } from './controller-backup.js';
import { externalIdentity } from './controller-identity.js';
import { productionModes } from './controller-modes.js';
import { agentRateLimit } from './controller-ratelimit.js';
import { patchedVersion } from './controller-version.js';
import { cloudPolicy } from './cloud-policy.js';
import { keylessCredential, rotatedCredential, validCredential } from './credentials.js';
import { documents } from './documents.js';
import { handbook } from './handbook/index.js';
import { blockedCommands } from './model-blocks.js';
import { firewallMode } from './model-firewall.js';
import { limitedIngress } from './model-ingress.js';
import { knownKeys } from './model-keys.js';
import { quietLogging } from './model-logging.js';
import { safeProvisioning } from './model-provisioning.js';
import { secretBackend, secretRotation } from './model-secrets.js';
import { tenantCredentials } from './model-tenants.js';
import { offerAccess } from './offer-access.js';
import { ourOwnLevels } from './self.js';
import { bootstrapPassword } from './user-attested.js';
import { cloudAccess } from './user-clouds.js';
import { modelLevels } from './user-levels.js';
import { passwordRotation } from './user-rotation.js';
import { plainSecrets } from './user-secrets.js';
import { staleUsers } from './user-stale.js';
import { superusers } from './user-superusers.js';

/** The Environment part that all charmed guides share, with Canonical's advice for hardening Juju. */
export const juju: Guide = defineGuide({
  id: 'juju',
  title: 'Juju environment: users, credentials, controller, models, applications',
  product: 'Juju',
  version: '2026.11',
  url: documents.harden,
  publications: [jujuHardening, etcdGuide],
  handbook,
  controls: [
    ...[superusers, modelLevels, staleUsers, passwordRotation, plainSecrets, cloudAccess, bootstrapPassword],
    ...[offerAccess, keylessCredential, validCredential, rotatedCredential, cloudPolicy],
    ...[auditing, auditedMethods, auditArguments, patchedVersion, agentRateLimit, controllerExposure],
    ...[highAvailability, productionModes, externalIdentity, controllerBackup, recognisedCloud],
    ...[
      blockedCommands,
      limitedIngress,
      firewallMode,
      quietLogging,
      safeProvisioning,
      knownKeys,
      secretBackend,
      tenantCredentials,
    ],
    ...[
      neededTrust,
      neededExposure,
      stableChannel,
      currentCharm,
      secretRotation,
      retiredCharm,
      listedCharm,
      ourOwnLevels,
    ],
  ],
});
