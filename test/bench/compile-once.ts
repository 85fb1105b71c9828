/**
 * Compiles a library in a separate process, so that its peak memory is that of one compilation: folder in, JSON out.
 */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { createFolderStore } from "../../src/publish/object-store.ts";
import { writeRelease } from "../../src/publish/release.ts";

const root = process.argv[2] ?? ".";
const compiler = new LibraryCompiler(root, createFolderStore(join(root, ".release/objects")));

const coldMs = await timed();
appendFileSync(join(root, "content/book-1/chapter-1.md"), "\nOne more sentence.\n");
const changedMs = await timed();
console.log(JSON.stringify({ coldMs, changedMs, peakBytes: process.resourceUsage().maxRSS * 1024 }));

async function timed(): Promise<number> {
  const started = performance.now();
  const result = await writeRelease(root, compiler);
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems.slice(0, 3)));
  return performance.now() - started;
}
