/** Bad input from a person: the message says what is wrong, where, and what to do. Ends a command with exit 1. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
