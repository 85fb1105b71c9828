/** `npm run check:content`: everything that is wrong with content/, and nothing written. */
import { defineCommand } from "citty";
import { LibraryCompiler } from "../../publish/compile-library.ts";
import { discardingStore } from "../../publish/object-store.ts";
import { count } from "../../publish/source/problem.ts";
import { createProgressLine } from "../progress.ts";
import { runStrictly } from "../strict-command.ts";
import { showProblems, wrapped } from "../terminal.ts";
import { contentChecks } from "./content-checks.ts";

await runStrictly(
  defineCommand({
    meta: { name: "npm run check:content", description: wrapped(contentChecks, "") },
    run: async () => {
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
      const said = result.warnings.length === 0 ? "no problems" : "no errors";
      console.log(`${count(result.texts, "page")} checked: ${said}.`);
    },
  }),
  process.argv.slice(2),
);
