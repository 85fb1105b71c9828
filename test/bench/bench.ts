/** `npm run bench`: measures every part and prints its section; with `--write` into test/bench/results.md as well. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineCommand } from "citty";
import { runStrictly } from "../../src/cli/strict-command.ts";
import { compilingSection } from "./compiling-section.ts";
import { countingSection } from "./counting-section.ts";
import { deskSection } from "./desk.ts";
import { listsSection } from "./lists.ts";
import { mailingSection } from "./mailing-section.ts";
import { type Parts, runParts, wantedOf } from "./run-parts.ts";
import { servingSection } from "./serving-section.ts";

const parts: Parts = {
  serving: servingSection,
  compiling: compilingSection,
  mailing: mailingSection,
  counting: countingSection,
  lists: listsSection,
  desk: deskSection,
};

await runStrictly(
  defineCommand({
    meta: {
      name: "npm run bench --",
      description: `Measures ${Object.keys(parts).join(", ")}, and prints it; takes half an hour`,
    },
    args: {
      only: { type: "string", description: "One of these parts, or one kind of answer of serving, like 304" },
      quick: { type: "boolean", description: "Small numbers, to see that it works" },
      write: { type: "boolean", description: "Writes each whole part into test/bench/results.md" },
    },
    run: ({ args }) =>
      runParts(parts, wantedOf(args), {
        results: join(import.meta.dirname, "results.md"),
        measured: `Measured on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores, Node ${process.versions.node}.`,
        tell: (line) => console.error(line),
        print: (text) => console.log(text),
      }),
  }),
  process.argv.slice(2),
);
