import { X509Certificate } from 'node:crypto';
import { newDict, type Dict } from '../../core/dict.js';
import type { FileCertificate } from '../../core/evidence/units.js';
import type { Instant } from '../../core/fact.js';
import { linesOf, ParseError, word } from './parse-error.js';

const end = '-----END CERTIFICATE-----';

/** Certificates as they were printed, each path's behind a line `#<path>`: the first of each is kept. @throws ParseError */
export function parseCertificates(text: string): Dict<FileCertificate> {
  const found = newDict<FileCertificate>();
  for (const [path, pem] of Object.entries(certificateTexts(text))) {
    const [first] = certificatesIn(pem);
    if (first !== undefined) found[path] = factsOf(first);
  }
  return found;
}

/** The PEM text of each path. @throws ParseError */
export function certificateTexts(text: string): Dict<string> {
  const texts = newDict<string>();
  let path: string | undefined;
  for (const line of linesOf(text)) {
    if (line.startsWith('#/')) path = line.slice(1);
    else if (line !== '' && path === undefined) throw new ParseError('holds a certificate of no file');
    else if (path !== undefined && line !== '') texts[path] = `${texts[path] ?? ''}${line}\n`;
  }
  return texts;
}

function certificatesIn(pem: string): readonly X509Certificate[] {
  const blocks = pem.split(end).filter((block) => block.includes('-----BEGIN CERTIFICATE-----'));
  return blocks.slice(0, 16).map((block) => {
    try {
      return new X509Certificate(`${block}${end}\n`);
    } catch {
      throw new ParseError('holds a certificate that cannot be read');
    }
  });
}

function factsOf(certificate: X509Certificate): FileCertificate {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    notBefore: moment(certificate.validFrom),
    notAfter: moment(certificate.validTo),
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

function nameOf(lines: string | undefined): string {
  return word((lines ?? '').split('\n').join(', '));
}

function moment(text: string): Instant {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new ParseError('has a time that is none');
  return `${at.toISOString().slice(0, 19)}Z`;
}

/**
 * What `openssl x509 -noout -subject -issuer -enddate -fingerprint -sha256` prints, one certificate after the other, for
 * the paths in their order. Their beginnings are not among it. @throws ParseError
 */
export function parseCertificateTexts(text: string, paths: readonly string[]): Dict<FileCertificate> {
  const found = newDict<FileCertificate>();
  const blocks = linesOf(text)
    .join('\n')
    .split(/^(?=subject=)/m)
    .filter((block) => block.startsWith('subject='));
  blocks.forEach((block, index) => {
    const path = paths[index];
    if (path !== undefined) found[path] = printed(block);
  });
  return found;
}

function printed(block: string): FileCertificate {
  const field = (name: RegExp): string => word(name.exec(block)?.[1] ?? '');
  const fingerprint = field(/^sha256 Fingerprint=([\dA-F:]+)$/im)
    .replaceAll(':', '')
    .toLowerCase();
  return {
    subject: field(/^subject=(.*)$/m),
    issuer: field(/^issuer=(.*)$/m),
    notAfter: moment(field(/^notAfter=(.*)$/m)),
    ...(fingerprint === '' ? {} : { fingerprint }),
  };
}
