import { describe, expect, it } from '@jest/globals';
import { plainText, scrubber } from './plain-text.js';

describe('text from outside', () => {
  it('loses control and direction characters and stays on one line', () => {
    expect(plainText('a\u001b[31mb\r\nc\u202ed\u0000')).toBe('a [31mb c d');
  });

  it('is cut to a length', () => {
    expect(plainText('x'.repeat(1000), 10)).toBe(`${'x'.repeat(10)}…`);
  });

  it('is empty for what is no text', () => {
    for (const value of [undefined, null, 7, {}, []]) expect(plainText(value)).toBe('');
  });
});

describe('scrubbing', () => {
  const scrub = scrubber(['p"ä ss']);

  it.each([
    ['plain', 'bad p"ä ss!'],
    ['as JSON', `bad ${JSON.stringify({ credentials: 'p"ä ss' })}`],
    ['in a URL', `bad ${encodeURIComponent('p"ä ss')}`],
  ])('blanks the secret out, written %s', (_, text) => {
    const clean = scrub(text);
    expect(clean).toContain('[redacted]');
    expect(clean).not.toMatch(/ss!|ä|%C3/);
  });

  it('leaves everything alone when there is no secret', () => {
    expect(scrubber([''])('nothing here')).toBe('nothing here');
  });
});
