import { InputError } from '../core/input-error.js';

/** So many bytes at the beginning tell what a file is. */
const looked = 65_536;

/** @throws InputError when the bytes are not text in UTF-8, with what to do about it. */
export function refuseNoText(bytes: Uint8Array, source: string): void {
  const head = bytes.subarray(0, looked);
  if (isUtf16(head))
    throw new InputError(
      `${source} is written in UTF-16, as PowerShell does: save it as UTF-8, or convert it with "iconv -f UTF-16 -t UTF-8"`,
    );
  if (head[0] === 0x1f && head[1] === 0x8b)
    throw new InputError(`${source} is compressed: unpack it with gunzip first`);
  if (Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PK\u0003\u0004')
    throw new InputError(
      `${source} is a zip archive: unpack it, or, if it is a plan of Terraform, print it with "terraform show -json FILE" and read that`,
    );
  if (bytes.includes(0))
    throw new InputError(`${source} is no text: it holds a zero byte. Is it the right file?`);
  if (!isUtf8(head)) throw new InputError(`${source} is no text in UTF-8. Is it the right file?`);
}

/** By its mark; without one, by the zeros that every second byte of plain letters is. */
function isUtf16(head: Uint8Array): boolean {
  const marks = ['fffe', 'feff'];
  const first = Buffer.from(head.subarray(0, 4)).toString('hex');
  return marks.includes(first.slice(0, 4)) || /^(?:(?!00)..00){2}$|^(?:00(?!00)..){2}$/.test(first);
}

/** A letter cut off at the end of what was looked at is no mistake. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
