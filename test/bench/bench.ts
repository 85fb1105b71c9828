/**
 * `npm run bench`: measures every part and writes its section of test/bench/results.md. `-- --only=mailing` measures
 * one part and leaves the other sections as they are; `-- --only=304` one kind of answer, and `-- --quick` everything
 * with small numbers: these two only print.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { compilingSection } from "./compiling-section.ts";
import { countingSection } from "./counting-section.ts";
import { deskSection } from "./desk.ts";
import { listsSection } from "./lists.ts";
import { mailingSection } from "./mailing-section.ts";
import { type Order, withSections } from "./sections.ts";
import { servingSection } from "./serving-section.ts";

const parts: Readonly<Record<string, (order: Order) => Promise<string>>> = {
  serving: servingSection,
  compiling: compilingSection,
  mailing: mailingSection,
  counting: countingSection,
  lists: listsSection,
  desk: deskSection,
};

const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice(7);
const isQuick = process.argv.includes("--quick");
const isPart = only !== undefined && only in parts;
const asked = isPart ? [only] : only === undefined ? Object.keys(parts) : ["serving"];
const tell = (line: string) => console.error(`  ${line}`);

const results = join(import.meta.dirname, "results.md");
const measured = `Measured on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores, Node ${process.versions.node}.`;
for (const name of asked) {
  console.error(`${name}:`);
  const section = await parts[name]?.({ isQuick, answer: isPart ? undefined : only, tell });
  if (section === undefined) continue;
  console.log(`${section}\n`);
  // Each section as soon as it is there: the whole takes half an hour.
  const isWhole = !isQuick && (isPart || only === undefined);
  if (isWhole) writeFileSync(results, withSections(readFileSync(results, "utf8"), [`${section}\n\n${measured}`]));
}
