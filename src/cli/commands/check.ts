/** `npm run check:content`: reports every problem in content/. Writes nothing. */
import { Command } from "@commander-js/extra-typings";
import { LibraryCompiler } from "../../publish/compile-library.ts";
import { discardingStore } from "../../publish/object-store.ts";
import { count } from "../../publish/source/problem.ts";
import { runCommand } from "../command-line.ts";
import { createProgressLine } from "../progress.ts";
import { showProblems } from "../terminal.ts";
import { contentChecks } from "./content-checks.ts";

await runCommand(
  new Command("npm run check:content").description(contentChecks).action(async () => {
    const progress = createProgressLine("Checking page");
    const compiler = new LibraryCompiler(process.cwd(), discardingStore);
    const result = await compiler.compile(progress.update, Date.now());
    progress.end();
    if (result.kind === "refused") {
      console.error(showProblems(result.problems));
      process.exitCode = 1;
      return;
    }
    if (result.warnings.length > 0) console.error(showProblems(result.warnings));
    const summary = result.warnings.length === 0 ? "no problems" : "no errors";
    console.log(`${count(result.texts, "page")} checked: ${summary}.`);
  }),
);
