/** Compares publishing: `npm run build` of both versions with a generated library, and with the older version's own. */
import { appendFileSync, cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { addChapter, generateLibrary } from "../generate-library.ts";
import { type Costs, Pairs, samplesOf } from "./in-pairs.ts";
import type { BesideOrder } from "./order.ts";
import { type BuildCost, runBuild } from "./run-build.ts";
import { runningRows } from "./running.ts";
import { comparisonSection, type Row, type Sides } from "./table.ts";
import { forgetBuilds, replaceContent } from "./working-copy.ts";

interface Step {
  readonly what: string;
  readonly prepare: (copy: string) => void;
  readonly target: string;
  /** Peak memory only matters where everything is compiled. */
  readonly maxMegabytes?: number;
}

const generatedSteps = (chapters: number): Step[] => [
  {
    what: `${chapters.toLocaleString("en")} generated chapters from nothing`,
    prepare: (copy) => {
      forgetBuilds(copy);
      replaceContent(copy, (root) => generateLibrary(root, chapters));
    },
    target: "at most 0.5 of before",
    maxMegabytes: 800,
  },
  { what: "the same, nothing changed", prepare: () => undefined, target: "at most 1.5 s" },
  {
    what: "the same, one chapter changed",
    prepare: (copy) => appendFileSync(join(copy, "content/book-1/chapter-1.md"), "\nOne more sentence.\n"),
    target: "",
  },
  { what: "the same, a new chapter", prepare: (copy) => addChapter(copy, chapters + 1), target: "" },
];

const ownSteps = (content: string): Step[] => [
  {
    what: "the real library from nothing",
    prepare: (copy) => {
      forgetBuilds(copy);
      replaceContent(copy, (root) => cpSync(content, join(root, "content"), { recursive: true }));
    },
    target: "at most 0.7 of before",
  },
  {
    what: "the real library, only .release deleted",
    prepare: (copy) => rmSync(join(copy, ".release"), { recursive: true }),
    target: "",
  },
  { what: "the real library, nothing changed", prepare: () => undefined, target: "at most 0.25 of before" },
];

export async function publishingSection(order: BesideOrder): Promise<string> {
  const { copies, checkout, rounds, chapters, isQuick, tell } = order;
  await warmUp(copies);
  const own = await stepRows(ownSteps(join(checkout.root, "content")), copies, rounds.short, tell);
  const generated = await stepRows(generatedSteps(chapters), copies, rounds.long, tell);
  tell("changes in a running process");
  const running = await runningRows(copies, { chapters, changes: isQuick ? 2 : 7, added: rounds.long });
  return comparisonSection(
    "publishing",
    `What \`npm run build\` runs, in a new process each time, in a copy of each version with the same content and caches of its own. The real library is the content of the older version. Elapsed time, and below it the CPU of the process and of those that it starts; elapsed time also depends on what else the machine does. "From nothing" deletes the release and all that was compiled, except Node's compiled modules. A running process is the compiler as \`npm start\` keeps it open. Medians of ${rounds.long} rounds with the generated library and of ${rounds.short} with the real one, both versions in turns; the ratio is the median of the rounds' ratios, with the least and greatest in brackets.`,
    [...generated, ...running, ...own],
  );
}

/** The first command after `npm ci` also compiles its own modules. */
async function warmUp(copies: Sides<string>): Promise<void> {
  for (const copy of [copies.before, copies.after]) {
    replaceContent(copy, (root) => generateLibrary(root, 1));
    await runBuild(copy);
  }
}

async function stepRows(
  steps: readonly Step[],
  copies: Sides<string>,
  rounds: number,
  tell: (line: string) => void,
): Promise<Row[]> {
  const measured = steps.map((step) => ({ step, pairs: new Pairs<BuildCost>() }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { step, pairs } of measured) {
      tell(`round ${round + 1} of ${rounds}: ${step.what}`);
      await pairs.measure(round, async (side) => {
        step.prepare(copies[side]);
        const cost = await runBuild(copies[side]);
        tell(`  ${side}: ${cost.seconds.toFixed(1)} s, ${cost.cpuSeconds.toFixed(1)} s of CPU`);
        return cost;
      });
    }
  }
  return measured.flatMap(({ step, pairs }) => buildRows(step, pairs.costs));
}

/** Lines for the time, the CPU and, on request, the memory of a build. */
export function buildRows(
  { what, target, maxMegabytes }: Omit<Step, "prepare">,
  costs: Sides<Costs<BuildCost>>,
): Row[] {
  return [
    { what, unit: "s", ...samplesOf(costs, ({ seconds }) => seconds), target },
    { what: `${what}: CPU`, unit: "s of CPU", ...samplesOf(costs, ({ cpuSeconds }) => cpuSeconds), target: "" },
    ...(maxMegabytes === undefined
      ? []
      : [
          {
            what: `${what}: peak memory`,
            unit: "MB" as const,
            ...samplesOf(costs, ({ peakMegabytes }) => peakMegabytes),
            target: `at most ${maxMegabytes} MB`,
          },
        ]),
  ];
}
