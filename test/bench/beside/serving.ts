/** Compares serving: warm pages, responses 304 and cold pages of both versions in one workerd, beside bare Workers. */
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { applyMigrations } from "../../world.ts";
import { bareWorker, type Captured, capture, load, type Sample } from "../serving.ts";
import { bundleWorker, libraryBindings, workerOf } from "./bundle-side.ts";
import { type Costs, Pairs, type Side, samplesOf } from "./in-pairs.ts";
import type { BesideOrder } from "./order.ts";
import { buildOwnLibrary, chapterPath } from "./own-library.ts";
import { comparisonSection, type Row, type Sides } from "./table.ts";

/** A response of the library, and of a Worker that only returns the same bytes. */
interface Beside {
  readonly page: Sample;
  readonly bare: Sample;
}

const kinds = [
  { name: "warm chapter page", worker: "library", bare: "bare", rate: "at least 1.40 ×", cpu: "" },
  { name: "304 of a chapter page", worker: "library", bare: "bare-304", rate: "at least 0.85 ×", cpu: "" },
  { name: "cold chapter page", worker: "cold", bare: "bare", rate: "", cpu: "at least 0.25 ×" },
] as const;
type Kind = (typeof kinds)[number];

const coldEntry = join(import.meta.dirname, "../cold-worker.ts");
const bare304 = "export default { fetch: () => new Response(null, { status: 304 }) };";

export async function servingSection(order: BesideOrder): Promise<string> {
  const { copies, rounds, isQuick, tell } = order;
  const failure = await buildOwnLibrary(order);
  const before = failure === undefined ? await openVersion("before", copies.before) : undefined;
  const versions = { before, after: await openVersion("after", copies.after) };
  const workers = [...(before?.workers ?? []), ...versions.after.workers];
  const miniflare = new Miniflare(convertV4MiniflareOptions({ cf: false, workers } as never));
  try {
    for (const side of ["before", "after"] as const) {
      if (!versions[side]) continue;
      const database = await miniflare.getD1Database("DB", `${side}-library`);
      await applyMigrations(database as unknown as D1Database, copies[side]);
    }
    const urlOf = async (name: string) => new URL(chapterPath, await miniflare.unsafeGetDirectURL(name)).href;
    const ask = async (side: Side, { worker, bare }: Kind, seconds: number): Promise<Beside> => {
      const version = versions[side];
      if (!version) throw new Error(failure);
      const headers = bare === "bare-304" ? { "If-None-Match": version.page.headers.ETag ?? "" } : {};
      return {
        page: await load(await urlOf(`${side}-${worker}`), headers, seconds),
        bare: await load(await urlOf(`${side}-${bare}`), headers, seconds),
      };
    };
    const measured = kinds.map((kind) => ({ kind, pairs: new Pairs<Beside>() }));
    for (const { kind } of measured) await new Pairs<Beside>().measure(0, (side) => ask(side, kind, 1));
    for (let round = 0; round < rounds.short; round += 1) {
      for (const { kind, pairs } of measured) {
        tell(`round ${round + 1} of ${rounds.short}: ${kind.name}`);
        await pairs.measure(round, (side) => ask(side, kind, isQuick ? 1 : 2));
      }
    }
    const size = (page: Captured | undefined) => (page ? [page.body.length / 1000] : (failure ?? ""));
    return comparisonSection(
      "serving",
      `${chapterPath} of the older version's content, built by each version, all Workers in one workerd, each on a socket of its own and bundled as wrangler.toml of its version deploys it. "Over a bare Worker" is relative to a Worker that returns the same bytes as a constant string, or an empty 304, asked in the same round: 1 is as fast, and more is faster, in requests a second or in CPU. A cold page has an isolate whose app exists and whose caches are empty: the object is read from KV, and the page rendered and hashed. Medians of ${rounds.short} rounds.`,
      [
        {
          what: "the page, uncompressed",
          unit: "kB",
          before: size(before?.page),
          after: size(versions.after.page),
          target: "",
        },
        ...measured.flatMap(({ kind, pairs }) => rowsOf(kind, pairs.costs)),
      ],
    );
  } finally {
    await miniflare.dispose();
  }
}

async function openVersion(
  side: Side,
  copy: string,
): Promise<{ page: Captured; workers: ReturnType<typeof workerOf>[] }> {
  const bindings = libraryBindings(copy, side);
  const library = workerOf(`${side}-library`, await bundleWorker(copy), bindings);
  const miniflare = new Miniflare(convertV4MiniflareOptions({ cf: false, workers: [library] } as never));
  try {
    const page = await capture(new URL(chapterPath, await miniflare.unsafeGetDirectURL(library.name)));
    const cold = await bundleWorker(copy, { entry: coldEntry });
    const workers = [
      library,
      workerOf(`${side}-cold`, cold, bindings),
      workerOf(`${side}-bare`, bareWorker(page)),
      workerOf(`${side}-bare-304`, bare304),
    ];
    return { page, workers };
  } finally {
    await miniflare.dispose();
  }
}

function rowsOf({ name, rate, cpu }: Kind, costs: Sides<Costs<Beside>>): Row[] {
  const cpuOf = ({ cpuMicroseconds }: Sample) => cpuMicroseconds ?? Number.NaN;
  return [
    {
      what: `${name}: requests a second over a bare Worker`,
      unit: "times",
      ...samplesOf(costs, ({ page, bare }) => page.requestsPerSecond / bare.requestsPerSecond),
      target: rate,
    },
    {
      what: `${name}: CPU over a bare Worker`,
      unit: "times",
      ...samplesOf(costs, ({ page, bare }) => cpuOf(bare) / cpuOf(page)),
      target: cpu,
    },
    { what: `${name}: a request`, unit: "µs of CPU", ...samplesOf(costs, ({ page }) => cpuOf(page)), target: "" },
  ];
}
