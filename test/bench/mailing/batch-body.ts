/**
 * Measures workerd's CPU for the body of a batch of a hundred, filled and posted, as bytes and as strings, alternately.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { bundle } from "../../world-release.ts";
import { workerdCpuMs } from "../workerd-cpu.ts";

const ways = ["strings", "bytes"] as const;
type Way = (typeof ways)[number];

/** Milliseconds per body, for each round. */
export type BodyCost = Readonly<Record<Way, readonly number[]>>;

/** `undefined` without /proc. */
export async function measureBodies(
  template: string,
  { rounds, times }: { readonly rounds: number; readonly times: number },
): Promise<{ readonly filled: BodyCost; readonly posted: BodyCost } | undefined> {
  if (workerdCpuMs() === undefined) return undefined;
  const provider = createServer(async (request, response) => {
    let bytes = 0;
    for await (const piece of request) bytes += (piece as Buffer).byteLength;
    response.end(String(bytes));
  });
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
  const contents = await bundle(join(import.meta.dirname, "body-worker.ts"), "");
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: [{ type: "ESModule", path: "worker.js", contents }],
      compatibilityDate: "2026-10-01",
      bindings: { PROVIDER: `http://127.0.0.1:${(provider.address() as AddressInfo).port}` },
      cf: false,
    }),
  );
  const costOf = async (way: Way, post: "yes" | "no"): Promise<number> => {
    const before = workerdCpuMs() ?? 0;
    const url = `https://library.example/?as=${way}&post=${post}&times=${times}`;
    const bytes = Number(await (await miniflare.dispatchFetch(url, { method: "POST", body: template })).text());
    if (!(bytes > template.length)) throw new Error(`No bodies were made: ${bytes} bytes.`);
    return ((workerdCpuMs() ?? 0) - before) / times;
  };
  const measure = async (post: "yes" | "no"): Promise<BodyCost> => {
    const cost: Record<Way, number[]> = { strings: [], bytes: [] };
    for (let round = 0; round < rounds; round += 1) for (const way of ways) cost[way].push(await costOf(way, post));
    return cost;
  };
  try {
    await miniflare.ready;
    // Warm-up: the first bodies are slower.
    for (const way of ways) await costOf(way, "yes");
    return { filled: await measure("no"), posted: await measure("yes") };
  } finally {
    await miniflare.dispose();
    provider.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
  }
}
