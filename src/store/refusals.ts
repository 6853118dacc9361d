/** What a journal refuses, in the same words wherever it is kept. */

export function noSuchPlan(hash: string): Error {
  return new Error(`the journal has no plan ${hash}`);
}

export function noSuchRemediation(id: string): Error {
  return new Error(`the journal has no remediation ${id} that this step could belong to`);
}
