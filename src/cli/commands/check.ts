/** `npm run check:content`: reports every problem in content/, or lists its macros. Writes nothing. */
import { Command } from "@commander-js/extra-typings";
import { checkMacros } from "../../publish/checks/check-macros.ts";
import { LibraryCompiler } from "../../publish/compile-library.ts";
import type { SymbolCounts } from "../../publish/maths/symbol-marks.ts";
import { discardingStore } from "../../publish/object-store.ts";
import { count, ProblemList } from "../../publish/source/problem.ts";
import { foldersOf, readContent } from "../../publish/source/read-content.ts";
import { macrosFile } from "../../publish/source/read-macros.ts";
import { runCommand } from "../command-line.ts";
import { createProgressLine } from "../progress.ts";
import { showProblems } from "../terminal.ts";
import { contentChecks } from "./content-checks.ts";
import { listMacros } from "./list-macros.ts";

await runCommand(
  new Command("npm run check:content")
    .description(contentChecks)
    .option("--macros", "list the macros of the library and its books, and check only those")
    .action(async ({ macros }) => (macros ? showMacros() : checkContent())),
);

async function showMacros(): Promise<void> {
  const problems = new ProblemList();
  const outline = await readContent(process.cwd(), problems);
  if (outline) checkMacros(outline, problems);
  const macroFiles = ["content", ...(outline ? foldersOf(outline).map((slug) => `content/${slug}`) : [])].map(
    macrosFile,
  );
  const found = problems.sorted().filter(({ file }) => outline === undefined || macroFiles.includes(file));
  if (outline) console.log(listMacros(outline));
  if (found.length === 0) return;
  console.error(showProblems(found));
  process.exitCode = 1;
}

async function checkContent(): Promise<void> {
  const progress = createProgressLine("Checking page");
  const compiler = new LibraryCompiler(process.cwd(), discardingStore, { usesDisk: true });
  const result = await compiler.compile(progress.update, Date.now());
  progress.end();
  if (result.kind === "refused") {
    console.error(showProblems(result.problems));
    process.exitCode = 1;
    return;
  }
  if (result.warnings.length > 0) console.error(showProblems(result.warnings));
  const explained = listExplained(result.symbolCounts);
  if (explained !== "") console.log(explained);
  const summary = result.warnings.length === 0 ? "no problems" : "no errors";
  console.log(`${count(result.texts, "page")} checked: ${summary}.`);
}

/** One line per page with symbols. Empty if there are none. */
function listExplained(counts: ReadonlyMap<string, SymbolCounts>): string {
  const lines = [...counts]
    .filter(([, { resolved, unknown }]) => resolved + unknown > 0)
    .map(([path, { resolved, unknown }]) => {
      const percent = String(Math.floor((100 * resolved) / (resolved + unknown)));
      return `${percent.padStart(5)} %  ${path}`;
    });
  return lines.length === 0 ? "" : `Symbols in formulas that readers can look up:\n${lines.join("\n")}`;
}
