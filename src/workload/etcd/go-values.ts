/** How Go reads the values of flags (its packages flag and strconv). */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((text) => [text, false] as const),
]);

export function goBoolean(text: string): boolean | undefined {
  return booleans.get(text);
}

const integer = /^[+-]?(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|0|[1-9][0-9_]*)$/;
const unsigned = /^(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|0|[1-9][0-9_]*)$/;
const duration = /^[+-]?(0|(((\d+(\.\d*)?)|(\.\d+))(ns|us|µs|μs|ms|s|m|h))+)$/;

export const isGoInteger = (text: string): boolean => integer.test(text);
export const isGoUnsigned = (text: string): boolean => unsigned.test(text);
export const isGoDuration = (text: string): boolean => duration.test(text);
