/** Reads the live database as a whole: its export, and its own row counts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { explain, type Target, Unreachable } from "../explain-failure.ts";
import { inPrivateFolder } from "../private-folder.ts";
import { executeOn } from "../wrangler/d1-execute.ts";
import { runWrangler } from "../wrangler/run-wrangler.ts";
import { type Extents, selectDrops, selectExtent, selectTables } from "./dump.ts";

const Extent = v.object({ name: v.string(), rows: v.number(), bytes: v.number() });

/** D1's own export, a consistent snapshot. The database answers no queries while Cloudflare creates it. */
export const exportSql = (target: Target): Promise<string> =>
  inPrivateFolder("library-database", async (folder) => {
    const path = join(folder, "database.sql");
    const { ok, output } = await runWrangler("d1", "export", "DB", `--${target}`, `--output=${path}`, "-y");
    if (!ok) throw new Unreachable(explain(output.trim(), target));
    return readFileSync(path, "utf8");
  });

/** Extents of the given tables, all of which must exist. */
export async function liveExtents(
  target: Target,
  columns: Readonly<Record<string, readonly string[]>>,
): Promise<Extents> {
  const asked = Object.entries(columns);
  if (asked.length === 0) return {};
  const rows = await executeOn(target)(asked.map(([table, of]) => selectExtent(table, of)));
  return Object.fromEntries(
    v.parse(v.array(v.tuple([Extent])), rows).map(([{ name, ...extent }]) => [name, extent] as const),
  );
}

export async function liveTables(target: Target): Promise<string[]> {
  const [rows] = await executeOn(target)([selectTables]);
  return v.parse(v.array(v.object({ name: v.string() })), rows).map(({ name }) => name);
}

/** Statements that drop all tables and views. */
export async function liveDrops(target: Target): Promise<string[]> {
  const [rows] = await executeOn(target)([selectDrops]);
  return v.parse(v.array(v.object({ name: v.string() })), rows).map(({ name }) => name);
}
