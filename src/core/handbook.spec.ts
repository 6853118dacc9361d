import { describe, expect, it } from '@jest/globals';
import { defineGuide, type Guide } from './control.js';
import { citationOf, evidenceNeeds, type Handbook, type Publication } from './handbook.js';

const own: Publication = { title: 'Own', url: 'https://own.example/', headings: { Users: '', Keys: 'keys' } };
const other: Publication = { title: 'Other', url: 'https://other.example/', headings: { Users: 'users' } };

describe('a citation', () => {
  it('leads to the section of the first document that has it', () => {
    expect(citationOf('Keys', [own, other])).toEqual({ title: 'Own', url: 'https://own.example/#keys' });
    expect(citationOf('Users', [own, other])).toEqual({ title: 'Own', url: 'https://own.example/' });
    expect(citationOf('Users', [other])).toEqual({ title: 'Other', url: 'https://other.example/#users' });
  });

  it('is none where no document has the heading, not even one that every object has', () => {
    expect(citationOf('Nowhere', [own])).toBeUndefined();
    expect(citationOf('toString', [own])).toBeUndefined();
  });
});

describe('the needs of evidence', () => {
  it('are those of the kind, unless the control says otherwise', () => {
    const [status, history] = evidenceNeeds(['S', 'N'], { N: 'nothing' });
    expect(status?.needs).toContain('identities.observer');
    expect(history).toEqual({ kind: 'N', name: 'our own history', needs: 'nothing' });
  });
});

describe('a guide with a handbook', () => {
  const handbook: Handbook = {
    passes: 'Always.',
    waiving: { when: 'Never.', instead: 'nothing.', atMost: '7d', reason: 'none' },
  };
  const guide: Guide = { id: 'g', title: 'G', product: 'p', version: '1', url: own.url, controls: [] };

  it('refuses an entry about a control that it does not have', () => {
    expect(() => defineGuide({ ...guide, handbook: { 'G-1': handbook } })).toThrow('no control G-1');
  });
});
