/** `npm run check:content`: everything that is wrong with content/, and nothing written. */
import { LibraryCompiler } from "../compile-library.ts";
import { discardingStore } from "../object-store.ts";
import { count } from "../problem.ts";
import { createProgressLine } from "../progress.ts";
import { showProblems } from "../terminal.ts";

const progress = createProgressLine("Checking text");
const result = await new LibraryCompiler(process.cwd(), discardingStore).compile(progress.update);
progress.end();
if (result.kind === "refused") {
  console.error(showProblems(result.problems));
  process.exit(1);
}
if (result.warnings.length > 0) console.error(showProblems(result.warnings));
console.log(`${count(result.texts, "text")} checked: ${result.warnings.length === 0 ? "nothing wrong" : "no errors"}.`);
