/** Opens a town whose database was created by an earlier version, then migrated to the current schema. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dropsOf } from "../../cli/backup/drops.ts";
import { FakeD1, migrate } from "../../fakes/d1.ts";
import { cooling, history } from "./begun.ts";
import { Town } from "./town.ts";

interface Fixture {
  readonly time: string;
  readonly kv: Readonly<Record<string, string>>;
  readonly call: { readonly key: string; readonly body: string };
  readonly database: readonly string[];
}

/** As left by the version before migration 0010: three of five deliveries sent without a response, two not sealed yet. */
export async function inTheMiddle(): Promise<{ readonly town: Town; readonly call: Fixture["call"] }> {
  const text = readFileSync(join(import.meta.dirname, "edition-before-0010.json"), "utf8");
  const { time, kv, call, database } = JSON.parse(text) as Fixture;
  const d1 = new FakeD1();
  d1.inside((sqlite) => {
    for (const statement of [...dropsOf(sqlite), ...database]) sqlite.exec(statement);
    migrate(sqlite, (name) => name >= "0010");
  });
  const town = new Town(d1);
  town.time = Date.parse(time);
  town.volumes = [history, cooling];
  for (const [key, value] of Object.entries(kv)) await town.kv.binding().put(key, value);
  town.resend.take({
    headers: new Headers({ authorization: "Bearer re_test", "idempotency-key": call.key }),
    body: call.body,
  });
  return { town, call };
}
