/** Brings .release/ up to date: from the cache if neither content/ nor the code has changed, otherwise by compiling. */

import type { LibraryCompiler } from "./compile-library.ts";
import { hasCodeChanged } from "./compiler-code.ts";
import { keepRelease, type ReleaseReport, recallRelease, releaseKey } from "./release-cache.ts";
import type { Problem } from "./source/problem.ts";

export type BuiltRelease =
  | (ReleaseReport & {
      readonly kind: "built";
      /** Number of texts that had to be compiled. */
      readonly compiled: number;
      /** Whether the manifest is another one than before. */
      readonly changed: boolean;
    })
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/** `openCompiler` is only called if something has changed. `mostUnpacked`: see pack-objects.ts. */
export async function buildRelease(
  root: string,
  openCompiler: () => Promise<LibraryCompiler>,
  onProgress: (done: number, of: number) => void,
  mostUnpacked?: number,
): Promise<BuiltRelease> {
  const key = releaseKey(root);
  const known = key === undefined ? undefined : recallRelease(key, root, root, mostUnpacked);
  if (known) return { kind: "built", compiled: 0, ...known };
  const compiler = await openCompiler();
  const { writeRelease } = await import("./release.ts");
  const result = await writeRelease(root, compiler, onProgress, root, mostUnpacked);
  if (result.kind === "refused") return result;
  const { warnings, texts, compiled, changed } = result;
  // Not if a file was saved in the meantime: it may have been read before or after.
  if (key !== undefined && key === releaseKey(root) && !hasCodeChanged()) keepRelease(key, root, root, result);
  return { kind: "built", warnings, texts, compiled, changed };
}
