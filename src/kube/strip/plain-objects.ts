import type { Namespace, Node, ServiceAccount } from '../../core/kube/object.js';
import { branch, flag, present, text, type Raw } from '../raw.js';
import { metaOf } from './meta.js';

export function namespaceOf(raw: Raw): Namespace {
  return { ...metaOf(raw), phase: text(branch(raw, 'status'), 'phase') ?? '' };
}

export function serviceAccountOf(raw: Raw): ServiceAccount {
  return { ...metaOf(raw), ...present({ automountToken: flag(raw, 'automountServiceAccountToken') }) };
}

export function nodeOf(raw: Raw): Node {
  const info = branch(branch(raw, 'status'), 'nodeInfo');
  return {
    ...metaOf(raw),
    ...present({ providerId: text(branch(raw, 'spec'), 'providerID') }),
    kubeletVersion: text(info, 'kubeletVersion') ?? '',
    osImage: text(info, 'osImage') ?? '',
    kernelVersion: text(info, 'kernelVersion') ?? '',
    containerRuntime: text(info, 'containerRuntimeVersion') ?? '',
    architecture: text(info, 'architecture') ?? '',
  };
}
