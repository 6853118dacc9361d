/**
 * Imports a built module by its path in src. Scripts run on plain Node, which strips types and compiles nothing, so
 * they use what `make build` made; name the types with `typeof import('../src/….js')`.
 */
export async function fromDist<T>(path: string): Promise<T> {
  return (await import(new URL(`../dist/${path}`, import.meta.url).href)) as T;
}
