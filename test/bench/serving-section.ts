/** Measures serving for a section of results.md. */
import { median } from "./median.ts";
import type { Order } from "./sections.ts";
import { type Comparison, measureServing, type Sample } from "./serving.ts";

export async function servingSection({ isQuick, answer, tell }: Order): Promise<string> {
  const rounds = isQuick ? { rounds: 2, seconds: 1 } : { rounds: 9, seconds: 3 };
  const comparisons = await measureServing({ ...rounds, only: answer }, tell);
  return `## Serving

A chapter page and the feed of this library, beside a bare Worker that returns the same bytes as a constant string, and a 304 beside a bare empty one. All in one workerd, each on a socket of its own, in turns, asked with the headers of a browser, so that ours count; the median of ${comparisons[0]?.ours.length} rounds, the least and greatest in brackets. "Cold" is the first request of an isolate: the app exists, but the object is read from KV, and the page rendered and hashed.

| answer | bytes | requests a second | the bare Worker | ratio | CPU a request | the bare Worker |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${comparisons.map(servingRow).join("\n")}`;
}

/** Requests per second of both, their ratio in each round, and the CPU. */
export function servingRow({ name, bytes, ours, bare }: Comparison): string {
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
