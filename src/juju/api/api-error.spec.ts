import { describe, expect, it, test } from '@jest/globals';
import { ConnectionError, isAbsent, JujuApiError, troubleOf } from './api-error.js';

function refusal(code: string, message = 'words'): JujuApiError {
  return new JujuApiError({ call: 'Client.FullStatus', message, code });
}

describe('what a failure means for the next try', () => {
  test.each([
    ['try again', 'retryable'],
    ['excessive contention', 'retryable'],
    ['not yet available; try again later', 'retryable'],
    ['deadline exceeded', 'retryable'],
    ['not leader', 'retryable'],
    ['upgrade in progress', 'busy'],
    ['model migration in progress', 'busy'],
    ['unauthorized access', 'denied'],
    ['forbidden', 'denied'],
    ['login expired', 'denied'],
    ['macaroon discharge required', 'denied'],
    ['operation is blocked', 'final'],
    ['not valid', 'final'],
    ['model not found', 'final'],
    ['', 'final'],
  ])('code %j is %s', (code, trouble) => {
    expect(troubleOf(refusal(code))).toBe(trouble);
  });

  it('takes the maintenance refusal of a login, which has no code, for busy', () => {
    expect(troubleOf(refusal('', 'login failed - maintenance in progress'))).toBe('busy');
  });

  it('tries lost connections again, and nothing that it does not know', () => {
    expect(troubleOf(new ConnectionError('gone'))).toBe('retryable');
    expect(troubleOf(new Error('bug'))).toBe('final');
  });

  it('tells a controller that lacks a call from one that refuses it', () => {
    expect(isAbsent(refusal('not implemented'))).toBe(true);
    expect(isAbsent(refusal('not supported'))).toBe(true);
    expect(isAbsent(refusal('unauthorized access'))).toBe(false);
  });
});
