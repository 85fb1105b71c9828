/**
 * Compiles a library in a separate process, so that its peak memory is that of one compilation: folder in, JSON out.
 * With `again` as second argument, only builds it again, which must find nothing to compile.
 */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { buildRelease } from "../../src/publish/build-release.ts";

const [, , root = ".", again] = process.argv;

if (again === "again") await build(() => Promise.reject(new Error("The library is not in the cache.")));
else await measure();

async function measure(): Promise<void> {
  const { LibraryCompiler } = await import("../../src/publish/compile-library.ts");
  const { createFolderStore } = await import("../../src/publish/object-store.ts");
  const { writeRelease } = await import("../../src/publish/release.ts");
  const compiler = new LibraryCompiler(root, createFolderStore(join(root, ".release/objects")), { usesDisk: true });
  const coldMs = await timed(() => build(async () => compiler));
  appendFileSync(join(root, "content/book-1/chapter-1.md"), "\nOne more sentence.\n");
  const changedMs = await timed(() => writeRelease(root, compiler));
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  await build(async () => compiler);
  console.log(JSON.stringify({ coldMs, changedMs, peakBytes }));
}

async function build(openCompiler: Parameters<typeof buildRelease>[1]) {
  const result = await buildRelease(root, openCompiler, () => undefined);
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems.slice(0, 3)));
  return result;
}

async function timed(work: () => Promise<{ readonly kind: string }>): Promise<number> {
  const started = performance.now();
  const { kind } = await work();
  if (kind === "refused") throw new Error("The generated library has mistakes.");
  return performance.now() - started;
}
