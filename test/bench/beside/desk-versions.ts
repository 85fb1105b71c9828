/** Opens the desks of both versions in one workerd: each empty, and after a year that the version's own tests invent. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { deskPresent } from "../../desk/author-browser.ts";
import { AccessTeam, accessSettings } from "../../desk/author-login.ts";
import { applyMigrations } from "../../world.ts";
import { bundleWorker, libraryBindings, workerOf } from "./bundle-side.ts";
import type { Side } from "./in-pairs.ts";
import type { Sides } from "./table.ts";

const deskStates = ["none", "year"] as const;
export type DeskState = (typeof deskStates)[number];

export interface DeskVersions {
  readonly miniflare: Miniflare;
  /** Headers of the author, who is signed in. */
  readonly headers: Readonly<Record<string, string>>;
  urlOf(side: Side, state: DeskState, path: string): Promise<string>;
  databaseOf(side: Side, state: DeskState): Promise<D1Database>;
}

type FillDesk = (
  world: { readonly database: () => Promise<D1Database>; readonly manifest: unknown },
  state: DeskState,
) => Promise<void>;

const entry = join(import.meta.dirname, "metered-worker.ts");
const settings = {
  ...accessSettings,
  NOW: String(Date.parse(deskPresent)),
  TOKEN_KEYS: `k1:${"x".repeat(40)}`,
  MAIL_FROM: "letters@library.example",
  RESEND_API_KEY: "re_test",
  RESEND_URL: "http://resend.invalid",
  // Otherwise, forms may send only part of what the free plan allows a day.
  MAIL_QUOTA: "-/-",
};

/** Only the sides that can be built. */
export async function openDesks(copies: Sides<string>, wanted: readonly Side[]): Promise<DeskVersions> {
  const access = new AccessTeam();
  const workers = [];
  for (const side of wanted) {
    const script = await bundleWorker(copies[side], { entry });
    for (const state of deskStates) {
      const name = `${side}-${state}`;
      const outboundService = ({ url }: { readonly url: string }) =>
        url.startsWith(settings.RESEND_URL) ? Response.json({ id: crypto.randomUUID() }) : access.outbound({ url });
      workers.push(workerOf(name, script, { ...libraryBindings(copies[side], name, settings), outboundService }));
    }
  }
  const miniflare = new Miniflare(convertV4MiniflareOptions({ cf: false, workers } as never));
  const databaseOf = async (side: Side, state: DeskState) =>
    (await miniflare.getD1Database("DB", `${side}-${state}`)) as unknown as D1Database;
  for (const side of wanted) {
    const tests = (await import(pathToFileURL(join(copies[side], "test/desk/author-browser.ts")).href)) as {
      readonly setDesk: FillDesk;
    };
    const manifest: unknown = JSON.parse(readFileSync(join(copies[side], ".release/manifest.json"), "utf8"));
    for (const state of deskStates) {
      const database = await databaseOf(side, state);
      await applyMigrations(database, copies[side]);
      await tests.setDesk({ database: async () => database, manifest }, state);
    }
  }
  return {
    miniflare,
    headers: { "Cf-Access-Jwt-Assertion": access.token(deskPresent) },
    urlOf: async (side, state, path) => new URL(path, await miniflare.unsafeGetDirectURL(`${side}-${state}`)).href,
    databaseOf,
  };
}
