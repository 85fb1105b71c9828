/**
 * Decides whether a Worker may use the database: not alongside another one, and not without the previous Worker's
 * object store.
 */

import type { CloudflareApi } from "./cloudflare-api.ts";
import type { WranglerConfig } from "./config.ts";
import type { Execute } from "./d1-execute.ts";
import { environment } from "./environment.ts";
import { type DeployedWorker, findRunningWorkers, type OtherWorker, readDeployedWorker } from "./other-workers.ts";
import { findDatabase } from "./remote-database.ts";
import { findNamespace } from "./target.ts";

export type WorkerCheck =
  /** The database does not exist yet. */
  | { readonly kind: "new" }
  /** No other Worker uses it; `before`: the previous Worker, if it had another name. */
  | { readonly kind: "alone"; readonly before: DeployedWorker | undefined }
  /** `other` runs with the same database. */
  | { readonly kind: "shared"; readonly other: OtherWorker }
  /** The library's objects are in a namespace that this Worker would not have. */
  | { readonly kind: "other objects"; readonly before: DeployedWorker };

/** `beside`: name of a Worker that may also use the database. */
export async function checkWorkers(
  api: CloudflareApi,
  config: WranglerConfig,
  execute: Execute,
  beside?: string,
): Promise<WorkerCheck> {
  const name = config.name ?? "";
  const database = await findDatabase(api, config);
  if (database === undefined) return { kind: "new" };
  const [other] = (await findRunningWorkers(api, name, database)).filter((worker) => worker.name !== beside);
  if (other !== undefined) return { kind: "shared", other };
  const last = await readDeployedWorker(execute);
  if (last === undefined || last.name === name) return { kind: "alone", before: undefined };
  const isSame = !last.namespace || (await findNamespace(api, config)) === last.namespace;
  return isSame || last.name === beside ? { kind: "alone", before: last } : { kind: "other objects", before: last };
}

export const describeShared = ({ name }: OtherWorker, config: WranglerConfig): string =>
  `The Worker \`${name}\` also uses the database of this library, and its cron trigger runs. Two Workers with one database would both email its subscribers, each with its own chapters and links to its own ORIGIN; \`${config.name}\` must not be the second.`;

/** Steps to take instead, in order, one per line. */
export function wayOutOfShared({ name, namespace }: OtherWorker, config: WranglerConfig): string {
  const id = namespace === undefined ? "the id of its KV namespace" : `id = "${namespace}"`;
  const { name: level } = environment();
  return [
    `If this is the same library, keep its Worker: set name = "${name}" in wrangler.toml again. A new URL needs only ORIGIN and \`routes\`.`,
    ...(level === undefined ? [] : [`If [env.${level}] is a second library, give it its own database.`]),
    `If the library moves to the Worker \`${config.name}\`, follow these steps in order:`,
    "1. Set the old name in wrangler.toml again, run `npm run backup -- --remote`, and set the new name.",
    `2. Keep the object store, which has the images of sent emails: put ${id} below binding = "SHELF" in wrangler.toml.`,
    `3. \`npx wrangler delete --name ${name}\`: from now on nothing is sent, and the site is offline until step 4.`,
    "4. `npm run deploy`",
    "5. Set all secrets again with `npx wrangler secret put NAME`. TOKEN_KEYS needs its old value, or links in sent emails stop working.",
    "6. Change the URL of the webhook in Resend and the domain of the Access application to the new ORIGIN.",
    `If both should run: \`npm run deploy -- --beside ${name}\``,
  ].join("\n");
}

export const describeOtherObjects = ({ name, at }: DeployedWorker): string =>
  `This database belongs to a library that was last deployed as the Worker \`${name}\` (${at.slice(0, 10)}), whose object store has the images of sent emails and protects unsubscribes. This Worker would have a different object store.`;

export const wayOutOfOtherObjects = ({ name, namespace }: DeployedWorker): string =>
  `Put this line below binding = "SHELF" in wrangler.toml, and run \`npm run deploy\` again: id = "${namespace}". Then set all secrets again. If the object store is lost or not wanted: \`npm run deploy -- --beside ${name}\``;
