/** What a list-and-watch needs of the client of an API server. */
export interface KubeReader {
  get(path: string, signal?: AbortSignal): Promise<unknown>;
  stream(path: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>>;
}
