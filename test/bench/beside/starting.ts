/** Compares the start of an isolate, with the real library and with its manifest grown to 2,000 chapters. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../../../src/library/manifest.ts";
import { bare, count, grown, copies as isolates, startCpu } from "../starting-section.ts";
import { bundleWorker } from "./bundle-side.ts";
import { inPairs, samplesOf } from "./in-pairs.ts";
import type { BesideOrder } from "./order.ts";
import { buildOwnLibrary } from "./own-library.ts";
import { comparisonSection, type Row } from "./table.ts";

export async function startingSection(order: BesideOrder): Promise<string> {
  const { copies, rounds, tell } = order;
  const failure = await buildOwnLibrary(order);
  const rows: Row[] = [];
  for (const size of [undefined, 2000]) {
    const name = size === undefined ? "the real library" : `${size.toLocaleString("en")} chapters`;
    tell(name);
    const scripts = await inPairs(1, async (side) => {
      if (side === "before" && failure !== undefined) throw new Error(failure);
      return bundleWorker(copies[side], { manifest: manifestOf(copies[side], size) });
    });
    const starts = await inPairs(rounds.short, async (side) => {
      const script = scripts[side];
      if (typeof script === "string") throw new Error(script);
      const [contents = ""] = script;
      return ((await startCpu(contents)) - (await startCpu(bare))) / isolates;
    });
    rows.push(
      { what: `start with ${name}`, unit: "ms of CPU", ...samplesOf(starts, (cost) => cost), target: "" },
      { what: `script with ${name}`, unit: "kB", ...samplesOf(scripts, ({ length }) => length / 1000), target: "" },
    );
  }
  return comparisonSection(
    "starting",
    `CPU of workerd for the start of an isolate, less what a bare Worker takes in the same round: the script is loaded with its manifest, and one request is answered that reads nothing. ${isolates} isolates start in one process, from the script as wrangler.toml of its version deploys it. 2,000 chapters are a manifest of the real library's chapters, repeated. Medians of ${rounds.short} rounds.`,
    rows,
  );
}

/** The path of the manifest in .release/, grown on request. */
function manifestOf(copy: string, size: number | undefined): string {
  const path = join(copy, ".release/manifest.json");
  if (size === undefined) return path;
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  if (count(manifest) === 0) throw new Error("The manifest has no chapters that this version understands.");
  const larger = join(copy, `manifest-${size}.json`);
  writeFileSync(larger, JSON.stringify(grown(manifest, size)));
  return larger;
}
