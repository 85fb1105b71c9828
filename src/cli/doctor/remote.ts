/**
 * Checks what needs the Cloudflare account or the network: login, secrets, object store, other Workers, and the site.
 */

import { shelfPrefix } from "../../library/shelf.ts";
import { openShelf } from "../backup/open-shelf.ts";
import { type Target, Unreachable } from "../explain-failure.ts";
import {
  checkWorkers,
  describeOtherObjects,
  describeShared,
  wayOutOfOtherObjects,
  wayOutOfShared,
} from "../wrangler/check-workers.ts";
import { openCloudflareApi } from "../wrangler/cloudflare-api.ts";
import type { WranglerConfig } from "../wrangler/config.ts";
import { executeOn } from "../wrangler/d1-execute.ts";
import { environment } from "../wrangler/environment.ts";
import { runWrangler } from "../wrangler/run-wrangler.ts";
import { listSecrets } from "../wrangler/worker-secrets.ts";
import { type Finding, ok, unseen, wrong } from "./finding.ts";

export async function checkLogin(): Promise<Finding> {
  if (environment().variables.CLOUDFLARE_API_TOKEN) return ok("Login", "by CLOUDFLARE_API_TOKEN");
  const { ok: isIn } = await runWrangler("whoami", "--json");
  return isIn ? ok("Login", "by wrangler") : wrong("Login", "wrangler is not logged in", "`npx wrangler login`");
}

/** Names of the Worker's secrets; their values cannot be read. */
export async function readSecrets(): Promise<{ readonly names: readonly string[]; readonly finding: Finding }> {
  const list = await listSecrets();
  if (list.kind === "read") {
    return { names: list.names, finding: ok("Secrets", list.names.length > 0 ? list.names.join(", ") : "none set") };
  }
  const message =
    list.kind === "not deployed"
      ? "the Worker is not deployed yet"
      : list.message.replaceAll("\n", " ").replace(/\.$/, "");
  const wayOut = "`npm run deploy` creates the Worker; then `npx wrangler secret put NAME`.";
  return { names: [], finding: wrong("Secrets", message, wayOut) };
}

export async function checkShelf(target: Target): Promise<Finding> {
  try {
    await using shelf = await openShelf(target);
    const objects = await shelf.list(shelfPrefix);
    return ok("Object store", objects.length === 1 ? "1 object" : `${objects.length.toLocaleString("en-US")} objects`);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return wrong("Object store", error.message.replaceAll("\n", " ").replace(/\.$/, ""), "Fix that first.");
  }
}

/** Checks whether another Worker's cron trigger uses the same database. */
export async function checkOtherWorkers(config: WranglerConfig): Promise<Finding> {
  try {
    const found = await checkWorkers(await openCloudflareApi(config), config, executeOn("remote"));
    switch (found.kind) {
      case "new":
        return unseen("Workers", "the database does not exist yet");
      case "alone":
        return ok(
          "Workers",
          found.before ? `took over from ${found.before.name}` : "no other Worker uses the database",
        );
      case "shared":
        return wrong(
          "Workers",
          `${describeShared(found.other, config).replace(/\.$/, "")}`,
          wayOutOfShared(found.other, config),
        );
      case "other objects":
        return wrong(
          "Workers",
          describeOtherObjects(found.before).replace(/\.$/, ""),
          wayOutOfOtherObjects(found.before),
        );
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return unseen("Workers", error.message.replaceAll("\n", " ").replace(/\.$/, ""));
  }
}

export async function checkSite(origin: string): Promise<Finding> {
  try {
    const response = await fetch(origin, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    if (response.status === 200) return ok("Site", `${origin} answers`);
    return wrong(
      "Site",
      `${origin} answers with status ${response.status}`,
      "`npx wrangler tail` shows the Worker's logs. Check that ORIGIN is the URL that wrangler serves.",
    );
  } catch (error) {
    const cause =
      error instanceof Error ? ((error.cause as { code?: string } | undefined)?.code ?? error.message) : String(error);
    return wrong(
      "Site",
      `${origin} does not answer (${cause})`,
      "Check that this machine is online and that ORIGIN is the URL printed by `npm run deploy`.",
    );
  }
}
