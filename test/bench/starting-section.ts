/** Measures the start of an isolate, which loads the Worker with its manifest, for a section of results.md. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { isWritten, type Manifest } from "../../src/library/manifest.ts";
import { ownLibrary } from "../own-library.ts";
import { repository } from "../world.ts";
import { bundle, worldRelease } from "../world-release.ts";
import { median } from "./median.ts";
import type { Order } from "./sections.ts";
import { workerdCpuMs } from "./workerd-cpu.ts";

/** The clock of CPU time has ticks of 10 ms, so that many isolates start at once. */
export const copies = 10;
export const bare = "export default { fetch: () => new Response(null, { status: 404 }) };";

export async function startingSection({ isQuick, tell }: Order): Promise<string> {
  const rounds = isQuick ? 2 : 9;
  const { manifest } = await worldRelease(ownLibrary);
  const home = mkdtempSync(join(tmpdir(), "library-start-"));
  try {
    const chapters = count(manifest);
    const rows = [];
    for (const size of [chapters, 2000]) {
      tell(`${size} chapters`);
      const path = join(home, `${size}.json`);
      writeFileSync(path, JSON.stringify(size === chapters ? manifest : grown(manifest, size)));
      const trusting = await bundle(join(repository, "src/worker.ts"), path);
      const validating = await bundle(join(repository, "test/bench/validating-worker.ts"), path);
      rows.push(await row(size, trusting, validating, rounds));
    }
    return `## Starting

CPU of workerd for the start of an isolate: the script with its manifest is loaded, and one request is answered that reads nothing. ${copies} isolates start in one process; what the same number of bare Workers takes is subtracted. The median of ${rounds} rounds, in turns. "Validated" also validates the manifest, as the Worker did before the build did it.

| chapters | script | start | validated | ratio |
| ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function row(chapters: number, trusting: string, validating: string, rounds: number): Promise<string> {
  const costs = { bare: [] as number[], trusting: [] as number[], validating: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    costs.bare.push(await startCpu(bare));
    costs.trusting.push(await startCpu(trusting));
    costs.validating.push(await startCpu(validating));
  }
  const [start, validated] = [costs.trusting, costs.validating].map(
    (samples) => (median(samples) - median(costs.bare)) / copies,
  );
  const cells = [
    chapters.toLocaleString("en"),
    `${Math.round(trusting.length / 1000).toLocaleString("en")} kB`,
    `${start?.toFixed(1)} ms`,
    `${validated?.toFixed(1)} ms`,
    ((start ?? Number.NaN) / (validated ?? Number.NaN)).toFixed(2),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** CPU of workerd in milliseconds until each of the isolates has answered once. */
export async function startCpu(contents: string): Promise<number> {
  const before = workerdCpuMs() ?? 0;
  const names = Array.from({ length: copies }, (_, index) => `worker-${index}`);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      workers: names.map((name) => ({
        name,
        compatibilityDate: "2026-10-01",
        bindings: { ORIGIN: "https://library.example" },
        kvNamespaces: ["SHELF"],
        unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
        modules: [{ type: "ESModule" as const, path: `${name}.js`, contents }],
      })),
    } as never),
  );
  try {
    for (const name of names) await fetch(new URL("/favicon.ico", await miniflare.unsafeGetDirectURL(name)));
    return (workerdCpuMs() ?? 0) - before;
  } finally {
    await miniflare.dispose();
  }
}

export const count = ({ books }: Manifest): number =>
  books.flatMap(({ contents }) => contents.filter(isWritten)).length;

/** The manifest with so many chapters, in books of a hundred, each like one of the library's own. */
export function grown(manifest: Manifest, chapters: number): Manifest {
  const [book] = manifest.books;
  const written = manifest.books.flatMap(({ contents }) => contents.filter(isWritten));
  if (!book) throw new Error("The library has no book.");
  const books = Array.from({ length: Math.ceil(chapters / 100) }, (_, volume) => ({
    ...book,
    slug: `volume-${volume}`,
    contents: Array.from({ length: Math.min(100, chapters - 100 * volume) }, (_, index) => {
      const like = written[index % written.length];
      if (!like) throw new Error("The library has no chapter.");
      const slug = `${like.slug}-${index}`;
      const hash = (part: string) => createHash("sha256").update(`${volume} ${slug} ${part}`).digest("hex");
      return { ...like, slug, id: slug, object: hash("object"), markdown: hash("markdown"), mail: hash("mail") };
    }),
  }));
  return { ...manifest, books, redirects: {} };
}
