/** Queries the deployed database through Cloudflare's API: `wrangler d1 execute` takes two seconds to start. */
import * as v from "valibot";
import { databaseFailure } from "../explain-failure.ts";
import { type CloudflareApi, openCloudflareApi, reasonOf } from "./cloudflare-api.ts";
import { readConfig, type WranglerConfig } from "./config.ts";

const Found = v.array(v.object({ name: v.string(), uuid: v.string() }));
const Export = v.object({
  status: v.optional(v.string()),
  at_bookmark: v.optional(v.string()),
  error: v.optional(v.string(), ""),
  result: v.optional(v.object({ signed_url: v.string() })),
});
const Results = v.array(v.object({ results: v.array(v.unknown()) }));

/** The id of the database; `undefined` before the first deploy. */
export async function findDatabase(api: CloudflareApi, config: WranglerConfig): Promise<string | undefined> {
  const written = config.d1_databases.find(({ binding }) => binding === "DB");
  if (written?.database_id !== undefined) return written.database_id;
  const name = databaseName(config);
  const list = await api.ask(`/d1/database?${new URLSearchParams({ name, per_page: "100" })}`);
  const found = v.safeParse(Found, list?.result);
  return found.success ? found.output.find((database) => database.name === name)?.uuid : undefined;
}

/** Without a name in wrangler.toml, the deploy creates a database with this one (wrangler's auto-provisioned-name.ts). */
const databaseName = (config: WranglerConfig): string =>
  config.d1_databases.find(({ binding }) => binding === "DB")?.database_name ?? `${config.name}-db`;

/** Finds the database with the first query, and then keeps its id. */
export function openRemoteDatabase(): (statements: readonly string[]) => Promise<unknown[][]> {
  let opened: ReturnType<typeof connect> | undefined;
  return async (statements) => {
    opened ??= connect();
    const { api, id } = await opened;
    const answer = await api.ask(`/d1/database/${id}/query`, {
      method: "POST",
      body: { sql: statements.join(";\n") },
      isRepeatable: statements.every(isRead),
    });
    if (answer === undefined) throw databaseFailure(`The database ${id} could not be found [code: 7404]`, "remote");
    const results = v.safeParse(Results, answer.result);
    if (results.success && results.output.length === statements.length) {
      return results.output.map(({ results: rows }) => rows);
    }
    throw databaseFailure(
      `Cloudflare did not return one result for each of ${statements.length} statements.`,
      "remote",
    );
  };
}

/**
 * D1's own export, a consistent snapshot
 * (https://developers.cloudflare.com/api/resources/d1/subresources/database/methods/export/). The database answers no
 * queries while Cloudflare creates it; each request waits for progress.
 */
export async function exportRemoteDatabase(): Promise<string> {
  const { api, id } = await connect();
  for (let bookmark: string | undefined; ; ) {
    const answer = await api.ask(`/d1/database/${id}/export`, {
      method: "POST",
      body: {
        output_format: "polling",
        dump_options: {},
        ...(bookmark !== undefined && { current_bookmark: bookmark }),
      },
    });
    if (answer === undefined) throw databaseFailure(`The database ${id} could not be found [code: 7404]`, "remote");
    const step = v.safeParse(Export, answer.result);
    if (!step.success || step.output.status === "error") {
      const reason = step.success ? step.output.error : "";
      throw databaseFailure(reason || "Cloudflare did not export the database.", "remote");
    }
    const { status, result, at_bookmark: next } = step.output;
    if (status === "complete" && result) return download(result.signed_url);
    bookmark = next;
  }
}

async function download(url: string): Promise<string> {
  try {
    const response = await fetch(url);
    if (response.ok) return await response.text();
    throw new Error(`The download ended with status ${response.status}.`);
  } catch (error) {
    throw databaseFailure(`The export of the database could not be downloaded: ${reasonOf(error)}`, "remote");
  }
}

async function connect(): Promise<{ readonly api: CloudflareApi; readonly id: string }> {
  const config = readConfig();
  const api = await openCloudflareApi(config);
  const id = await findDatabase(api, config);
  if (id === undefined) {
    throw databaseFailure(
      `Couldn't find the database ${databaseName(config)}, bound as DB, in this account.`,
      "remote",
    );
  }
  return { api, id };
}

/** A statement that writes may have been executed although its response was lost. */
const isRead = (statement: string): boolean => /^\s*SELECT\b/i.test(statement);
