/** Compiles the whole library once and reports the result to the author. */
import { join } from "node:path";
import { LibraryCompiler } from "../publish/compile-library.ts";
import { createFolderStore } from "../publish/object-store.ts";
import { writeRelease } from "../publish/release.ts";
import { releaseFolder } from "../publish/release-paths.ts";
import { count } from "../publish/source/problem.ts";
import { createProgressLine } from "./progress.ts";
import { duration, showProblems } from "./terminal.ts";

/** Compiles `root`/content into `root`/.release. Returns the exit code. */
export async function build(root: string): Promise<0 | 1> {
  const started = performance.now();
  const progress = createProgressLine("Compiling page");
  const store = createFolderStore(join(root, releaseFolder, "objects"));
  const result = await writeRelease(root, new LibraryCompiler(root, store), progress.update);
  progress.end();
  if (result.kind === "refused") {
    console.error(`${showProblems(result.problems)}\n\nNothing was published.`);
    return 1;
  }
  if (result.warnings.length > 0) console.error(showProblems(result.warnings));
  console.error(`Compiled ${count(result.texts, "page")} in ${duration(performance.now() - started)}.`);
  return 0;
}
