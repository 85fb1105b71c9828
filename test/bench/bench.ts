/**
 * `npm run bench`: measures serving and compiling, prints the table, and writes it to test/bench/results.md.
 * `-- --quick` is short, `-- --only=304` measures one kind of answer; both only print.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { generateLibrary } from "./generate-library.ts";
import { type Comparison, measureServing, type Sample } from "./serving.ts";

const isQuick = process.argv.includes("--quick");
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice(7);
const tell = (line: string) => console.error(`  ${line}`);

console.error("Serving:");
const comparisons = await measureServing(
  { ...(isQuick ? { rounds: 2, seconds: 1 } : { rounds: 9, seconds: 3 }), only },
  tell,
);
console.error("Compiling:");
const compilations = (only ? [] : isQuick ? [23, 1000] : [23, 1000, 10_000]).map(measureCompilation);

const table = `# Measurements

\`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores, Node ${process.versions.node}, workerd in one process, the load from another. Times say something about this machine; the ratios are what counts.

## Serving

A chapter page and the feed of this library, beside a bare Worker that returns the same bytes as a constant string, and a 304 beside a bare empty one. All in one workerd, each on a socket of its own, in turns; the median of ${comparisons[0]?.ours.length} rounds, the least and greatest in brackets. "Cold" empties the isolate's memory before every request: catalogue, one KV read, rendering, hashing.

| answer | bytes | requests a second | the bare Worker | ratio | CPU a request | the bare Worker |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${comparisons.map(servingRow).join("\n")}

## Compiling

Generated chapters of about 800 words, 36 formulas in the text, 4 displayed equations, a table and a listing, from nothing to a complete release; then again after one chapter has changed.

| chapters | from nothing | chapters a second | one changed | peak memory |
| ---: | ---: | ---: | ---: | ---: |
${compilations.join("\n")}
`;
if (!isQuick && !only) writeFileSync(join(import.meta.dirname, "results.md"), table);
console.log(table);

function measureCompilation(count: number): string {
  tell(`${count} chapters`);
  const home = mkdtempSync(join(tmpdir(), "library-compile-"));
  try {
    generateLibrary(home, count);
    const output = execFileSync("node", [join(import.meta.dirname, "compile-once.ts"), home], { encoding: "utf8" });
    const { coldMs, changedMs, peakBytes } = JSON.parse(output) as Record<"coldMs" | "changedMs" | "peakBytes", number>;
    const cells = [
      count.toLocaleString("en"),
      `${(coldMs / 1000).toFixed(1)} s`,
      Math.round((1000 * count) / coldMs).toLocaleString("en"),
      `${(changedMs / 1000).toFixed(2)} s`,
      `${Math.round(peakBytes / 2 ** 20)} MB`,
    ];
    return `| ${cells.join(" | ")} |`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function servingRow({ name, bytes, ours, bare }: Comparison): string {
  const rate = (samples: readonly Sample[]) =>
    Math.round(median(samples.map((sample) => sample.requestsPerSecond))).toLocaleString("en");
  const cpu = (samples: readonly Sample[]) => {
    const known = samples.flatMap((sample) => sample.cpuMicroseconds ?? []);
    return known.length === 0 ? "n/a" : `${Math.round(median(known))} µs`;
  };
  const ratios = ours.map((sample, round) => sample.requestsPerSecond / (bare[round]?.requestsPerSecond ?? Number.NaN));
  const spread = `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
  return `| ${[name, bytes.toLocaleString("en"), rate(ours), rate(bare), spread, cpu(ours), cpu(bare)].join(" | ")} |`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
}
