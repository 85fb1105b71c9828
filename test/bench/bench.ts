/**
 * `npm run bench`: measures every part and prints its section; with `--write`, also writes it to test/bench/results.md.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { runCommand } from "../../src/cli/command-line.ts";
import { defaults, parseCount, runBeside } from "./beside/run-beside.ts";
import { compilingSection } from "./compiling-section.ts";
import { countingSection } from "./counting-section.ts";
import { deskSection } from "./desk.ts";
import { listsSection } from "./lists.ts";
import { mailingSection } from "./mailing/mailing-section.ts";
import { type Parts, runParts, wantedOf } from "./run-parts.ts";
import { searchSection } from "./search-section.ts";
import { servingSection } from "./serving-section.ts";
import { startingSection } from "./starting-section.ts";

const parts: Parts = {
  serving: servingSection,
  starting: startingSection,
  compiling: compilingSection,
  mailing: mailingSection,
  counting: countingSection,
  searching: searchSection,
  lists: listsSection,
  desk: deskSection,
};

await runCommand(
  new Command("npm run bench --")
    .description(`Measures ${Object.keys(parts).join(", ")}, and prints the results; takes half an hour`)
    .option("--only <part>", "One of these parts, or one kind of answer of serving, like 304")
    .option("--quick", "Small numbers, to see that it works")
    .option("--write", "Write each complete part to test/bench/results.md")
    .option("--beside <checkout>", "Compare with an older version in that folder, before and after in turns")
    .option("--rounds <count>", "Rounds of a comparison", parseCount, defaults.rounds)
    .option("--chapters <count>", "Generated chapters that a comparison publishes", parseCount, defaults.chapters)
    .action(({ beside, rounds, chapters, ...args }) => {
      const place = {
        results: join(import.meta.dirname, "results.md"),
        measured: `Measured on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores, Node ${process.versions.node}.`,
        tell: (line: string) => console.error(line),
        print: (text: string) => console.log(text),
      };
      return beside === undefined
        ? runParts(parts, wantedOf(args), place)
        : runBeside({ ...wantedOf(args), folder: beside, rounds, chapters }, place);
    }),
);
