/** Somebody else took the store meanwhile: this writer must stop working, and not try again. */
export class StaleFence extends Error {
  override readonly name = 'StaleFence';

  constructor(held: number, current: number) {
    super(`the store was taken over: fence ${held} is older than ${current}`);
  }
}
