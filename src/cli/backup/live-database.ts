/** Reads the live database as a whole: its export, and its own row counts. */
import * as v from "valibot";
import type { Target } from "../explain-failure.ts";
import { executeOn } from "../wrangler/d1-execute.ts";
import { useLocalDatabase } from "../wrangler/local-database.ts";
import { exportRemoteDatabase } from "../wrangler/remote-database.ts";
import { dumpOf, type Extents, selectDrops, selectExtent, selectTables } from "./dump.ts";

const Extent = v.object({ name: v.string(), rows: v.number(), bytes: v.number() });

/** A consistent snapshot: a dump, or D1's own export, during which the deployed database answers no queries. */
export const exportSql = async (target: Target): Promise<string> =>
  target === "remote"
    ? exportRemoteDatabase()
    : useLocalDatabase((database) => `${[...dumpOf(database)].join(";\n")};\n`);

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
