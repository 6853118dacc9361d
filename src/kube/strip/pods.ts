import type { Dict } from '../../core/dict.js';
import { dictOf } from '../../core/dict.js';
import type { Container, ContainerPort, Pod, StatefulSet } from '../../core/kube/pods.js';
import { branch, dict, flag, items, number, present, text, type Raw } from '../raw.js';
import { metaOf, ownerOf, selectorOf } from './meta.js';
import { containerSecurityOf, podSecurityOf } from './pod-security.js';

export function podOf(raw: Raw): Pod {
  const spec = branch(raw, 'spec');
  const status = branch(raw, 'status');
  return {
    ...metaOf(raw),
    ...present({
      owner: ownerOf(raw),
      nodeName: text(spec, 'nodeName'),
      automountToken: flag(spec, 'automountServiceAccountToken'),
    }),
    serviceAccount: text(spec, 'serviceAccountName') ?? '',
    phase: text(status, 'phase') ?? '',
    addresses: items(status, 'podIPs').flatMap((address) => text(address, 'ip') ?? []),
    hostNetwork: spec['hostNetwork'] === true,
    hostPid: spec['hostPID'] === true,
    hostIpc: spec['hostIPC'] === true,
    security: podSecurityOf(branch(spec, 'securityContext')),
    volumeKinds: volumeKinds(spec),
    containers: containersOf(spec, status),
  };
}

/** A volume is a name and one more key, which says its kind. */
function volumeKinds(spec: Raw): readonly string[] {
  const kinds = items(spec, 'volumes').flatMap((volume) =>
    Object.keys(volume).filter((key) => key !== 'name'),
  );
  return [...new Set(kinds)].sort();
}

const kinds = [
  ['main', 'containers', 'containerStatuses'],
  ['init', 'initContainers', 'initContainerStatuses'],
  ['ephemeral', 'ephemeralContainers', 'ephemeralContainerStatuses'],
] as const;

function containersOf(spec: Raw, status: Raw): readonly Container[] {
  return kinds.flatMap(([kind, wanted, seen]) => {
    const statuses = items(status, seen);
    return items(spec, wanted).map((container) => {
      const name = text(container, 'name') ?? '';
      const running = statuses.find((candidate) => candidate['name'] === name);
      return { ...containerOf(container, name), kind, ...present({ imageId: imageId(running) }) };
    });
  });
}

/** Empty until the image is there. */
function imageId(status: Raw | undefined): string | undefined {
  const id = status && text(status, 'imageID');
  return id === '' ? undefined : id;
}

function containerOf(container: Raw, name: string): Omit<Container, 'kind'> {
  return {
    name,
    image: text(container, 'image') ?? '',
    ports: items(container, 'ports').map(portOf),
    security: containerSecurityOf(branch(container, 'securityContext')),
  };
}

function portOf(port: Raw): ContainerPort {
  return {
    port: number(port, 'containerPort') ?? 0,
    protocol: text(port, 'protocol') ?? 'TCP',
    ...present({ name: text(port, 'name'), hostPort: number(port, 'hostPort') }),
  };
}

export function statefulSetOf(raw: Raw): StatefulSet {
  const spec = branch(raw, 'spec');
  const template = branch(spec, 'template');
  return {
    ...metaOf(raw),
    ...present({ serviceName: text(spec, 'serviceName') }),
    replicas: number(spec, 'replicas') ?? 1,
    selector: selectorOf(spec, 'selector') ?? {},
    podLabels: dict(branch(template, 'metadata'), 'labels'),
    images: imagesOf(branch(template, 'spec')),
  };
}

function imagesOf(spec: Raw): Dict<string> {
  const containers = [...items(spec, 'containers'), ...items(spec, 'initContainers')];
  return dictOf(
    containers.map((container) => [text(container, 'name') ?? '', text(container, 'image') ?? '']),
  );
}
