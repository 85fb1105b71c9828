/** Tests which other Workers of an account block a deploy to a shared database, and which do not. */
import { expect, test } from "vitest";
import { Unmigrated, Unreachable } from "../../../src/cli/explain-failure.ts";
import { checkWorkers } from "../../../src/cli/wrangler/check-workers.ts";
import { type CloudflareApi, Rejected } from "../../../src/cli/wrangler/cloudflare-api.ts";
import type { WranglerConfig } from "../../../src/cli/wrangler/config.ts";

const config = {
  name: "new",
  kv_namespaces: [{ binding: "SHELF", id: "objects" }],
  d1_databases: [{ binding: "DB", database_name: "library" }],
} as unknown as WranglerConfig;

interface Other {
  readonly database: string;
  readonly crons?: readonly string[];
  readonly handlers?: readonly string[];
  readonly key?: "id" | "database_id";
}

/** An account with these Workers, and the database `library`. */
function accountOf(others: Readonly<Record<string, Other | "hidden">>): CloudflareApi {
  const answers: Record<string, unknown> = {
    "/d1/database": [
      { name: "library-old", uuid: "d0" },
      { name: "library", uuid: "d1" },
    ],
    "/workers/scripts": Object.entries(others).map(([id, other]) => ({
      id,
      ...(other !== "hidden" && { handlers: other.handlers }),
    })),
  };
  for (const [name, other] of Object.entries(others)) {
    if (other === "hidden") continue;
    const database = { type: "d1", name: "DB", [other.key ?? "id"]: other.database };
    const shelf = { type: "kv_namespace", name: "SHELF", namespace_id: `${name}-objects` };
    answers[`/workers/scripts/${name}/settings`] = { bindings: [database, shelf] };
    answers[`/workers/scripts/${name}/schedules`] = { schedules: (other.crons ?? []).map((cron) => ({ cron })) };
  }
  return {
    account: "account",
    ask: async (path) => {
      const result = answers[path.split("?")[0] ?? ""];
      if (others[path.split("/")[3] ?? ""] === "hidden") throw new Rejected("not allowed");
      return result === undefined ? undefined : { result, cursor: "" };
    },
    bytes: async () => undefined,
  };
}

const crons = ["*/5 * * * *"];
const unrecorded = async (): Promise<unknown[][]> => {
  throw new Unmigrated("The database exists, but its migrations are not applied: run `npm run deploy`.");
};
const recorded = (name: string, namespace: string) => async (): Promise<unknown[][]> => [
  [{ name, origin: "https://old.example.org", namespace, at: "2026-01-01T00:00:00.000Z" }],
];
const check = (others: Parameters<typeof accountOf>[0], execute = unrecorded, beside?: string) =>
  checkWorkers(accountOf(others), config, execute, beside);

test("a Worker with the same database and a cron trigger is named, with its namespace", async () => {
  const other = { kind: "shared", other: { name: "old", namespace: "old-objects" } };
  expect(await check({ old: { database: "d1", crons } })).toEqual(other);
  expect(await check({ old: { database: "d1", crons, key: "database_id" } })).toEqual(other);
  expect(
    await check({ old: { database: "d1", crons, handlers: ["fetch", "scheduled"] } }, recorded("new", "x")),
  ).toEqual(other);
});

test.each<[what: string, others: Parameters<typeof accountOf>[0]]>([
  ["the Worker itself", { new: { database: "d1", crons } }],
  ["one with another database", { old: { database: "d0", crons } }],
  ["one whose cron trigger was removed", { old: { database: "d1" } }],
  ["one that handles no cron trigger", { old: { database: "d1", crons, handlers: ["fetch"] } }],
  ["one that this login may not see", { old: "hidden" }],
])("%s keeps nobody from a database", async (_, others) => {
  expect(await check(others)).toEqual({ kind: "alone", before: undefined });
});

test("--beside names the one Worker that may share it", async () => {
  const others = { old: { database: "d1", crons }, third: { database: "d1", crons } };
  expect(await check({ old: others.old }, unrecorded, "old")).toMatchObject({ kind: "alone" });
  expect(await check(others, unrecorded, "old")).toMatchObject({ kind: "shared", other: { name: "third" } });
});

test("when the old Worker is gone, the new one has to keep its object store", async () => {
  expect(await check({}, recorded("old", "old-objects"))).toMatchObject({ kind: "other objects" });
  expect(await check({}, recorded("old", "objects"))).toMatchObject({ kind: "alone", before: { name: "old" } });
  expect(await check({}, recorded("old", ""))).toMatchObject({ kind: "alone", before: { name: "old" } });
  expect(await check({}, recorded("new", "other"))).toEqual({ kind: "alone", before: undefined });
});

test("a database that does not exist is nobody's; one that does not answer stops the deploy", async () => {
  const empty = { ...config, d1_databases: [{ binding: "DB", database_name: "nowhere" }] } as unknown as WranglerConfig;
  expect(await checkWorkers(accountOf({}), empty, unrecorded)).toEqual({ kind: "new" });
  const silent = async (): Promise<unknown[][]> => {
    throw new Unreachable("Cloudflare cannot be reached.");
  };
  await expect(check({}, silent)).rejects.toThrow("Cloudflare cannot be reached.");
});
