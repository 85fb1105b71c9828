/** Finds other Workers that use this library's database: two of them would email the same subscribers. */
import * as v from "valibot";
import { Unmigrated } from "../explain-failure.ts";
import { sqlText } from "../sql-text.ts";
import { type CloudflareApi, Rejected } from "./cloudflare-api.ts";
import type { Execute } from "./d1-execute.ts";

export interface OtherWorker {
  readonly name: string;
  /** Id of its KV namespace. */
  readonly namespace: string | undefined;
}

const Scripts = v.array(v.object({ id: v.string(), handlers: v.nullish(v.array(v.string())) }));
const Bindings = v.object({ bindings: v.array(v.looseObject({ type: v.string(), name: v.string() })) });
const Schedules = v.object({ schedules: v.array(v.unknown()) });
const Records = v.tuple([
  v.array(v.object({ name: v.string(), origin: v.string(), namespace: v.nullable(v.string()), at: v.string() })),
]);

/** Workers whose settings are requested concurrently. */
const atOnce = 6;

/** Only Workers with a cron trigger: without one, a Worker sends nothing and may keep serving until it is deleted. */
export async function findRunningWorkers(api: CloudflareApi, own: string, database: string): Promise<OtherWorker[]> {
  const list = v.safeParse(Scripts, (await api.ask("/workers/scripts"))?.result);
  const names = (list.success ? list.output : [])
    .filter(({ id, handlers }) => id !== own && (handlers == null || handlers.includes("scheduled")))
    .map(({ id }) => id);
  const found: OtherWorker[] = [];
  const worker = async (): Promise<void> => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const other = await readWorker(api, name, database);
      if (other !== undefined && (await hasCron(api, name))) found.push(other);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function readWorker(api: CloudflareApi, name: string, database: string): Promise<OtherWorker | undefined> {
  const settings = v.safeParse(Bindings, await askLeniently(api, `/workers/scripts/${name}/settings`));
  const bindings = settings.success ? settings.output.bindings : [];
  // Cloudflare returns the database id under either name.
  const isBound = bindings.some(({ type, id, database_id }) => type === "d1" && (database_id ?? id) === database);
  const namespace = bindings.find(
    ({ type, name: binding }) => type === "kv_namespace" && binding === "SHELF",
  )?.namespace_id;
  return isBound ? { name, namespace: typeof namespace === "string" ? namespace : undefined } : undefined;
}

/** A Worker that this login may not see does not block a deploy. */
async function askLeniently(api: CloudflareApi, path: string): Promise<unknown> {
  try {
    return (await api.ask(path))?.result;
  } catch (error) {
    if (error instanceof Rejected) return undefined;
    throw error;
  }
}

async function hasCron(api: CloudflareApi, name: string): Promise<boolean> {
  const found = v.safeParse(Schedules, await askLeniently(api, `/workers/scripts/${name}/schedules`));
  return found.success && found.output.schedules.length > 0;
}

/** The last `npm run deploy`, as recorded in the database. */
export interface DeployedWorker extends OtherWorker {
  readonly origin: string;
  /** ISO 8601. */
  readonly at: string;
}

/** `undefined` before the first deploy by a version that records it. */
export async function readDeployedWorker(execute: Execute): Promise<DeployedWorker | undefined> {
  try {
    const rows = v.parse(
      Records,
      await execute([
        "SELECT name, origin, namespace_id AS namespace, deployed_at AS at FROM workers ORDER BY deployed_at DESC LIMIT 1",
      ]),
    );
    const [last] = rows[0];
    return last && { ...last, namespace: last.namespace ?? undefined };
  } catch (error) {
    if (error instanceof Unmigrated) return undefined;
    throw error;
  }
}

export const recordDeployedWorker = ({ name, origin, namespace, at }: DeployedWorker): string => {
  const values = [name, origin, namespace ?? "", at].map(sqlText);
  return `INSERT INTO workers (name, origin, namespace_id, deployed_at) VALUES (${values.join(", ")})
    ON CONFLICT (name) DO UPDATE SET origin = excluded.origin, namespace_id = excluded.namespace_id, deployed_at = excluded.deployed_at`;
};
