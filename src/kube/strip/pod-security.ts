import type { ContainerSecurity, PodSecurity } from '../../core/kube/pods.js';
import { branch, flag, items, number, present, text, texts, type Raw } from '../raw.js';

export function podSecurityOf(context: Raw): PodSecurity {
  return {
    ...whoOf(context),
    ...present({ fsGroup: number(context, 'fsGroup') }),
    sysctls: items(context, 'sysctls').flatMap((sysctl) => text(sysctl, 'name') ?? []),
  };
}

export function containerSecurityOf(context: Raw): ContainerSecurity {
  const capabilities = branch(context, 'capabilities');
  return {
    ...whoOf(context),
    ...present({
      privileged: flag(context, 'privileged'),
      allowPrivilegeEscalation: flag(context, 'allowPrivilegeEscalation'),
      readOnlyRootFilesystem: flag(context, 'readOnlyRootFilesystem'),
      procMount: text(context, 'procMount'),
    }),
    capabilitiesAdded: texts(capabilities, 'add'),
    capabilitiesDropped: texts(capabilities, 'drop'),
  };
}

/** What a pod's and a container's context have in common. */
function whoOf(
  context: Raw,
): Pick<PodSecurity, 'runAsUser' | 'runAsGroup' | 'runAsNonRoot' | 'seccompProfile'> {
  return present({
    runAsUser: number(context, 'runAsUser'),
    runAsGroup: number(context, 'runAsGroup'),
    runAsNonRoot: flag(context, 'runAsNonRoot'),
    seccompProfile: text(branch(context, 'seccompProfile'), 'type'),
  });
}
