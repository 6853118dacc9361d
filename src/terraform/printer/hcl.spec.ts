import { describe, expect, it, test } from '@jest/globals';
import { readHcl } from '../../../test/support/hcl.js';
import { block, comment, commandComment, label, quotedText } from './hcl.js';

describe('a quoted text', () => {
  test.each([
    ['a plain name', 'etcd'],
    ['an interpolation', '${file("/etc/passwd")}'],
    ['an interpolation behind a dollar', '$${x} $$${y}'],
    ['a directive', '%{ for x in y }%%{ endfor }'],
    ['quotes and backslashes', 'say "hi" \\" \\\\'],
    ['line breaks and tabs', 'a\nb\r\n\tc'],
    ['control characters and overrides', '\u0000\u001b[2J\u202e\u2028\ufeff'],
    ['letters of all kinds', 'größe 数据 💾'],
    ['signs that only look like templates', '100% $ $ { % {'],
  ])('is read back as it was: %s', (_, text) => {
    const [read] = readHcl(block('locals', [['x', quotedText(text)]]).join('\n'));
    expect(read?.attributes['x']).toBe(text);
  });

  it('cannot end its line', () => {
    expect(quotedText('a\n"}\nresource "x" "y" {')).not.toContain('\n');
  });
});

describe('a comment', () => {
  test.each(['a\nresource "juju_user" "evil" {}', 'a\u2028b\u0085c', 'a\r\n}'])(
    'holds all of a hostile text: %j',
    (text) => {
      const lines = [...comment(text), commandComment(text)];
      expect([lines.every((line) => line.startsWith('#')), readHcl(lines.join('\n'))]).toEqual([true, []]);
    },
  );

  it('is broken at 78 columns', () => {
    const lines = comment('word '.repeat(60));
    expect([lines.length > 3, lines.every((line) => line.length <= 78)]).toEqual([true, true]);
  });
});

describe('a label', () => {
  test.each([
    ['postgresql-k8s', 'postgresql-k8s'],
    ['0db', '_0db'],
    ['a"} resource', 'a_resource'],
    ['', '_'],
  ])('is made of %j as %j', (text, made) => {
    expect(label(text)).toBe(made);
  });
});
