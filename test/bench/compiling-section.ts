/** Measures compiling, from two dozen chapters to a thousand, for a section of results.md. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateLibrary } from "./generate-library.ts";
import type { Order } from "./sections.ts";

export async function compilingSection({ isQuick, tell }: Order): Promise<string> {
  const rows = (isQuick ? [23, 100] : [23, 100, 1000]).map((chapters) => {
    tell(`${chapters} chapters`);
    return measureCompilation(chapters);
  });
  return `## Compiling

Generated chapters of about 800 words, 36 formulas in the text, 4 displayed equations, a table and a listing, from nothing to a complete release; then in the same process after a change of one chapter; then in a new process, from its start to its end, with nothing changed.

| chapters | from nothing | chapters a second | one changed | none changed | peak memory |
| ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}`;
}

function measureCompilation(count: number): string {
  const home = mkdtempSync(join(tmpdir(), "library-compile-"));
  try {
    generateLibrary(home, count);
    // Otherwise an earlier run would have compiled the same texts.
    const env = { ...process.env, LIBRARY_CACHE: join(home, "cache") };
    const compileOnce = (...args: string[]) =>
      execFileSync("node", [join(import.meta.dirname, "compile-once.ts"), home, ...args], { encoding: "utf8", env });
    const output = compileOnce();
    const started = performance.now();
    compileOnce("again");
    const unchangedMs = performance.now() - started;
    const { coldMs, changedMs, peakBytes } = JSON.parse(output) as Record<"coldMs" | "changedMs" | "peakBytes", number>;
    const cells = [
      count.toLocaleString("en"),
      `${(coldMs / 1000).toFixed(1)} s`,
      Math.round((1000 * count) / coldMs).toLocaleString("en"),
      `${(changedMs / 1000).toFixed(2)} s`,
      `${(unchangedMs / 1000).toFixed(2)} s`,
      `${Math.round(peakBytes / 2 ** 20)} MB`,
    ];
    return `| ${cells.join(" | ")} |`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
