/** As much of protocol buffers as etcd's small answers need (protobuf.dev, "Encoding"). */
export type ProtoValue = bigint | Buffer;
export type ProtoMessage = ReadonlyMap<number, readonly ProtoValue[]>;

/** The fields of a message by number; undefined for bytes that are none. */
export function decodeProto(bytes: Buffer): ProtoMessage | undefined {
  const fields = new Map<number, ProtoValue[]>();
  let at = 0;
  while (at < bytes.length) {
    const tag = varint(bytes, at);
    if (tag === undefined) return undefined;
    const read = valueAt(bytes, tag.end, Number(tag.value & 7n));
    if (read === undefined) return undefined;
    const field = Number(tag.value >> 3n);
    const values = fields.get(field);
    if (values === undefined) fields.set(field, [read.value]);
    else values.push(read.value);
    at = read.end;
  }
  return fields;
}

interface Read<T> {
  readonly value: T;
  readonly end: number;
}

function valueAt(bytes: Buffer, at: number, wire: number): Read<ProtoValue> | undefined {
  if (wire === 0) return varint(bytes, at);
  if (wire === 1) return sliceAt(bytes, at, 8);
  if (wire === 5) return sliceAt(bytes, at, 4);
  const length = wire === 2 ? varint(bytes, at) : undefined;
  return length === undefined ? undefined : sliceAt(bytes, length.end, Number(length.value));
}

function sliceAt(bytes: Buffer, at: number, length: number): Read<Buffer> | undefined {
  const end = at + length;
  return end > bytes.length ? undefined : { value: bytes.subarray(at, end), end };
}

function varint(bytes: Buffer, start: number): Read<bigint> | undefined {
  let value = 0n;
  for (let at = start; at < Math.min(bytes.length, start + 10); at += 1) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 127) << BigInt(7 * (at - start));
    if (byte < 128) return { value, end: at + 1 };
  }
  return undefined;
}

/** A message whose first fields are these texts: numbers 1, 2, … */
export function encodeTexts(texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text, index) => {
      const bytes = Buffer.from(text, 'utf8');
      return [encodeVarint(((index + 1) << 3) | 2), encodeVarint(bytes.length), bytes];
    }),
  );
}

function encodeVarint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push((left & 127) | 128);
    left >>>= 7;
  }
  return Buffer.from([...bytes, left]);
}

export function numberIn(message: ProtoMessage, field: number): bigint {
  const value = message.get(field)?.at(-1);
  return typeof value === 'bigint' ? value : 0n;
}

export function textsIn(message: ProtoMessage, field: number): readonly string[] {
  return (message.get(field) ?? []).flatMap((value) =>
    typeof value === 'bigint' ? [] : [value.toString('utf8')],
  );
}

export function messagesIn(message: ProtoMessage, field: number): readonly ProtoMessage[] {
  return (message.get(field) ?? []).flatMap((value) => {
    const inner = typeof value === 'bigint' ? undefined : decodeProto(value);
    return inner === undefined ? [] : [inner];
  });
}
