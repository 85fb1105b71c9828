/** Builds the release of the whole library once and reports the result to the author. */
import { join } from "node:path";
import { buildRelease } from "../publish/build-release.ts";
import { releaseFolder } from "../publish/release-paths.ts";
import { count } from "../publish/source/problem.ts";
import { createProgressLine } from "./progress.ts";
import { duration, showProblems } from "./terminal.ts";

/** Builds `root`/.release from `root`/content. Returns the exit code. */
export async function build(root: string): Promise<0 | 1> {
  const started = performance.now();
  const progress = createProgressLine("Compiling page");
  const result = await buildRelease(root, () => openCompiler(root), progress.update);
  progress.end();
  if (result.kind === "refused") {
    console.error(`${showProblems(result.problems)}\n\nNothing was published.`);
    return 1;
  }
  if (result.warnings.length > 0) console.error(showProblems(result.warnings));
  const pages = count(result.texts, "page");
  const time = duration(performance.now() - started);
  console.error(result.compiled === 0 ? `${pages}, nothing to compile (${time}).` : `Compiled ${pages} in ${time}.`);
  return 0;
}

/** Loading the compiler takes longer than finding that nothing has changed. */
async function openCompiler(root: string) {
  const [{ LibraryCompiler }, { createFolderStore }] = await Promise.all([
    import("../publish/compile-library.ts"),
    import("../publish/object-store.ts"),
  ]);
  return new LibraryCompiler(root, createFolderStore(join(root, releaseFolder, "objects")), { usesDisk: true });
}
