/** `npm run import`: turns texts of Quarto, Jekyll, Hugo, MyST and Jupyter into draft chapters. */
import { isCancel, select } from "@clack/prompts";
import { Command } from "@commander-js/extra-typings";
import { LibraryCompiler } from "../../publish/compile-library.ts";
import { discardingStore } from "../../publish/object-store.ts";
import { count, type Problem } from "../../publish/source/problem.ts";
import { CommandError } from "../command-error.ts";
import { runCommand } from "../command-line.ts";
import { type ImportedText, importTexts } from "../import-text/import-text.ts";
import { checkBook, listBooks } from "../new-text.ts";
import { createProgressLine } from "../progress.ts";
import { showProblems } from "../terminal.ts";

const root = process.cwd();

const command = new Command("npm run import --")
  .description(
    "Turns Quarto (.qmd), Jekyll, Hugo and MyST (.md) and Jupyter (.ipynb) files into draft chapters, lists what could not be converted, and checks the drafts. Never overwrites a file; the originals stay as they are. What becomes what: content/README.md#coming-from",
  )
  .argument("<files...>", "The texts")
  .option("--book <slug>", "The book to add them to; in a terminal, asks for it")
  .option("--slug <slug>", "Slug of the chapter, for a single file (default: from the file's name)")
  .action(async (files, { book, slug }) => {
    const chosen = book ?? (await askBook());
    checkBook(`${root}/content`, chosen);
    const imported = await importTexts(root, chosen, files, slug);
    for (const each of imported) console.log(describe(each));
    const problems = await check(imported.map(({ path }) => path));
    if (problems.length > 0)
      console.log(
        `\nThe compiler about ${imported.length === 1 ? "the draft" : "the drafts"}:\n\n${showProblems(problems)}`,
      );
  });

async function askBook(): Promise<string> {
  const books = listBooks(`${root}/content`);
  if (books.length === 0) {
    throw new CommandError('There are no books yet. Create one first: npm run new -- book tea --title "Tea"');
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new CommandError(
      `Name the book: --book ${books[0]}. The books: ${books.map((name) => `\`${name}\``).join(", ")}.`,
    );
  }
  const answer = await select({ message: "In which book?", options: books.map((value) => ({ value, label: value })) });
  if (isCancel(answer)) throw new CommandError("Nothing was imported.");
  return answer;
}

function describe({ from, path, copies, findings }: ImportedText): string {
  const place = path.replace(/^content/, "").replace(/\.md$/, "");
  const places = findings.map((finding) =>
    /^\d+$/.test(finding.place) ? `${from}:${finding.place}` : `${from}, ${finding.place}`,
  );
  return [
    `Wrote ${path} and added it to the table of contents in book.md.`,
    ...(copies.length === 0 ? [] : [`Copied ${copies.join(", ")}.`]),
    `It is a draft: \`npm start\` shows it at ${place}; give it a \`published\` date to publish it.`,
    findings.length === 0 ? "Everything was converted." : `${count(findings.length, "thing")} to look at:`,
    ...findings.map(({ message }, index) => `  ${places[index]}  ${message}`),
  ].join("\n");
}

/** What the compiler reports about these files. */
async function check(paths: readonly string[]): Promise<readonly Problem[]> {
  const progress = createProgressLine("Checking page");
  const result = await new LibraryCompiler(root, discardingStore, { usesDisk: true }).compile(
    progress.update,
    Date.now(),
  );
  progress.end();
  const problems = result.kind === "refused" ? result.problems : result.warnings;
  return problems.filter(({ file }) => paths.includes(file));
}

await runCommand(command);
