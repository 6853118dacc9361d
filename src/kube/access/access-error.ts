/** A kubeconfig or pod that cannot be used as it is; the message says what to change, and holds no secret. */
export class AccessError extends Error {
  override readonly name = 'AccessError';
}
