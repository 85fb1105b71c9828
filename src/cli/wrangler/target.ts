/** Names what a command works on: the environment, the Worker, its database, and its KV namespace. */
import * as v from "valibot";
import type { Target } from "../explain-failure.ts";
import { wrapped } from "../terminal.ts";
import { type CloudflareApi, openCloudflareApi, Rejected } from "./cloudflare-api.ts";
import { readConfig, type WranglerConfig } from "./config.ts";
import { environment } from "./environment.ts";

export interface TargetNames {
  readonly target: Target;
  /** `staging`; empty for the top level of wrangler.toml. */
  readonly environment: string;
  readonly worker: string;
  readonly database: string;
  /** Title of the KV namespace; empty on this machine, or if it cannot be found. */
  readonly namespace: string;
  /** Id of the Cloudflare account; empty on this machine. */
  readonly account: string;
}

const Bindings = v.object({
  bindings: v.array(v.looseObject({ name: v.string(), namespace_id: v.optional(v.string()) })),
});
const Namespace = v.object({ title: v.string() });

/** Requests names that are not in wrangler.toml from Cloudflare. Throws `Unreachable` if not logged in. */
export async function readTarget(target: Target): Promise<TargetNames> {
  const config = readConfig();
  const named = {
    target,
    environment: environment().name ?? "",
    worker: config.name ?? "",
    database: databaseOf(config),
  };
  if (target === "local") return { ...named, namespace: "", account: "" };
  const api = await openCloudflareApi(config);
  return { ...named, namespace: await titleOf(api, config), account: api.account };
}

/**
 * Prints the names before a command works on the deployed library; to standard error, because the output may be a list.
 */
export async function announceTarget(target: Target): Promise<TargetNames> {
  const names = await readTarget(target);
  if (target === "remote") console.error(`${wrapped(describeTarget(names), "")}\n`);
  return names;
}

const describeTarget = ({ worker, database, namespace }: TargetNames): string =>
  `Environment: ${describeEnvironment()}. Worker ${worker}, database ${database}, KV namespace ${namespace || "not found"}.`;

/** `staging (CLOUDFLARE_ENV in .env)`. */
export function describeEnvironment(): string {
  const { name, source } = environment();
  const level = name ?? "top level of wrangler.toml";
  return source === undefined ? level : `${level} (${source})`;
}

function databaseOf({ d1_databases: databases }: WranglerConfig): string {
  const database = databases.find(({ binding }) => binding === "DB");
  return database?.database_name ?? database?.database_id ?? "none";
}

/** The id of the namespace: from wrangler.toml, or the one that the deploy has bound. */
export async function findNamespace(api: CloudflareApi, config: WranglerConfig): Promise<string | undefined> {
  const written = config.kv_namespaces.find(({ binding }) => binding === "SHELF")?.id;
  if (written) return written;
  const settings = await api.ask(`/workers/scripts/${config.name}/settings`);
  const found = v.safeParse(Bindings, settings?.result);
  return found.success ? found.output.bindings.find(({ name }) => name === "SHELF")?.namespace_id : undefined;
}

/** Empty if there is none, or if the login may not see it: most commands need only the database. */
async function titleOf(api: CloudflareApi, config: WranglerConfig): Promise<string> {
  try {
    const id = await findNamespace(api, config);
    if (id === undefined) return "";
    const found = v.safeParse(Namespace, (await api.ask(`/storage/kv/namespaces/${id}`))?.result);
    return found.success ? found.output.title : "";
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return "";
  }
}
