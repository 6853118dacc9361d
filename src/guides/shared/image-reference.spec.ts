import { describe, expect, test } from '@jest/globals';
import { imageReference, liesIn } from './image-reference.js';

const digest = `sha256:${'a'.repeat(64)}`;

describe('an image, taken apart', () => {
  test.each([
    ['ubuntu', { repository: 'docker.io/library/ubuntu' }],
    ['ubuntu:24.04', { repository: 'docker.io/library/ubuntu', tag: '24.04' }],
    ['someone/agent', { repository: 'docker.io/someone/agent' }],
    ['ghcr.io/canonical/agent:1', { repository: 'ghcr.io/canonical/agent', tag: '1' }],
    ['localhost/agent', { repository: 'localhost/agent' }],
    ['host:5000/agent', { repository: 'host:5000/agent' }],
    ['host:5000/agent:1', { repository: 'host:5000/agent', tag: '1' }],
    [`host:5000/agent@${digest}`, { repository: 'host:5000/agent', digest }],
    [`ghcr.io/a/b:1@${digest}`, { repository: 'ghcr.io/a/b', tag: '1', digest }],
    [`docker-pullable://ghcr.io/a/b@${digest}`, { repository: 'ghcr.io/a/b', digest }],
    ['', { repository: 'docker.io/library/' }],
  ])('%s', (text, expected) => {
    expect(imageReference(text)).toEqual(expected);
  });
});

describe('what lies in a registry', () => {
  test.each([
    ['ghcr.io/canonical/agent', 'ghcr.io/canonical', true],
    ['ghcr.io/canonical', 'ghcr.io/canonical', true],
    ['ghcr.io/canonical-evil/agent', 'ghcr.io/canonical', false],
    ['ghcr.io/canonical/agent', 'ghcr.io', true],
    ['evil.example/ghcr.io/agent', 'ghcr.io', false],
    ['docker.io/someone/agent', 'someone', true],
    ['docker.io/someone/agent', 'someone/agent', true],
    ['docker.io/someone/agent', 'docker.io', true],
    ['quay.io/someone/agent', 'docker.io', false],
    ['quay.io/someone/agent', 'someone', false],
  ])('%s in %s: %s', (repository, registry, expected) => {
    expect(liesIn(repository, registry)).toBe(expected);
  });
});
