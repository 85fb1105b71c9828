/** A reader's visit to a deployed site: the script and the assets that were uploaded, in workerd, with empty KV and D1. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import type { Site } from "../fakes/cloudflare-worker.ts";

/** The answers to these paths, as `200` and the text of the page. */
export async function visit(
  site: Site | undefined,
  ...paths: readonly string[]
): Promise<readonly { readonly status: number; readonly body: string }[]> {
  if (site === undefined) throw new Error("There is no site to visit");
  const directory = mkdtempSync(join(tmpdir(), "visit-"));
  for (const [path, bytes] of site.assets) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), bytes);
  }
  writeFileSync(join(directory, "_headers"), site.assetHeaders);
  const settings = site.bindings
    .filter(({ type }) => type === "plain_text")
    .map(({ name, text }) => [name, String(text)]);
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: "site",
      modules: [{ type: "ESModule", path: "worker.js", contents: site.script }],
      compatibilityDate: "2026-10-01",
      bindings: Object.fromEntries(settings),
      kvNamespaces: ["SHELF"],
      d1Databases: ["DB"],
      cf: false,
      assets: {
        directory,
        binding: "ASSETS",
        run_worker_first: ["/*", "!/assets/*"],
        routerConfig: { has_user_worker: true, static_routing: { user_worker: ["/*"], asset_worker: ["/assets/*"] } },
        assetConfig: { html_handling: "none", not_found_handling: "none" },
      },
    }),
  );
  try {
    const answers = paths.map(async (path) => {
      const response = await miniflare.dispatchFetch(`https://ml-blog.library.workers.dev${path}`, {
        redirect: "manual",
      });
      return { status: response.status, body: await response.text() };
    });
    return await Promise.all(answers);
  } finally {
    await miniflare.dispose();
    rmSync(directory, { recursive: true, force: true });
  }
}
