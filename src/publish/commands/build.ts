/** `npm run build`: content/ -> .release/. Wrangler runs it before every deploy, also before a dry run. */
import { LibraryCompiler } from "../compile-library.ts";
import { createFolderStore } from "../object-store.ts";
import { count } from "../problem.ts";
import { createProgressLine } from "../progress.ts";
import { writeRelease } from "../release.ts";
import { duration, showProblems } from "../terminal.ts";

// `npm start` compiles by itself, and only what changed: wrangler's own build would do it all again.
if (process.env.LIBRARY_COMPILED_BY_START !== "1") {
  const root = process.cwd();
  const started = performance.now();
  const progress = createProgressLine("Compiling text");
  const result = await writeRelease(
    root,
    new LibraryCompiler(root, createFolderStore(`${root}/.release/objects`)),
    progress.update,
  );
  progress.end();
  if (result.kind === "refused") {
    console.error(`${showProblems(result.problems)}\n\nNothing was published.`);
    process.exit(1);
  }
  if (result.warnings.length > 0) console.error(showProblems(result.warnings));
  console.error(`Compiled ${count(result.texts, "text")} in ${duration(performance.now() - started)}.`);
}
