/** `npm run check:content`: everything that is wrong with content/, and nothing written. */
import { defineCommand } from "citty";
import { LibraryCompiler } from "../compile-library.ts";
import { discardingStore } from "../object-store.ts";
import { count } from "../problem.ts";
import { createProgressLine } from "../progress.ts";
import { runStrictly } from "../strict-command.ts";
import { showProblems, wrapped } from "../terminal.ts";

const description = `Types, style, then this: says what is wrong with content/, with file, line, column and a way out. Writes nothing.

Errors, after which nothing is published (exit code 1): front matter and dates that cannot be read, TeX that cannot be typeset, links to chapters, headings, labels and notes that are not there, pictures without alternative text, labels, ids and keys that are given twice, works that are not in references.yaml, a reading time above 6 minutes, worked numbers that do not come out.

Warnings (exit code 0): a reading time above 5 minutes, letters that no notation explains, an equation too wide for a phone, a mail too long for Gmail, two headings alike, a chapter dated before its book, before what it needs, or years away.`;

await runStrictly(
  defineCommand({
    meta: { name: "npm run check", description: wrapped(description, "") },
    run: async () => {
      const progress = createProgressLine("Checking text");
      const compiler = new LibraryCompiler(process.cwd(), discardingStore);
      const result = await compiler.compile(progress.update, Date.now());
      progress.end();
      if (result.kind === "refused") {
        console.error(showProblems(result.problems));
        process.exitCode = 1;
        return;
      }
      if (result.warnings.length > 0) console.error(showProblems(result.warnings));
      const said = result.warnings.length === 0 ? "nothing wrong" : "no errors";
      console.log(`${count(result.texts, "text")} checked: ${said}.`);
    },
  }),
  process.argv.slice(2),
);
