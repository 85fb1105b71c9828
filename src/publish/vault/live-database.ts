/** The living database as a whole: its export, and what it holds by its own count. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { explain, openWithWrangler, type Place, Unreachable } from "../mailings/database.ts";
import { runWrangler } from "../run-program.ts";
import { type Extents, selectExtent, selectTables } from "./dump.ts";

const Extent = v.object({ name: v.string(), rows: v.number(), bytes: v.number() });

/** D1's own export, which is of one moment. While Cloudflare makes it, the database answers nobody. */
export const exportSql = (place: Place): Promise<string> =>
  withFile(async (path) => {
    const { ok, output } = await runWrangler("d1", "export", "DB", `--${place}`, `--output=${path}`, "-y");
    if (!ok) throw new Unreachable(explain(output.trim(), place));
    return readFileSync(path, "utf8");
  });

/** Tables, all of which are there, with their columns -> what they hold. */
export async function liveExtents(
  place: Place,
  columns: Readonly<Record<string, readonly string[]>>,
): Promise<Extents> {
  const asked = Object.entries(columns);
  if (asked.length === 0) return {};
  const rows = await openWithWrangler(place)(asked.map(([table, of]) => selectExtent(table, of)));
  return Object.fromEntries(
    v.parse(v.array(v.tuple([Extent])), rows).map(([{ name, ...extent }]) => [name, extent] as const),
  );
}

export async function liveTables(place: Place): Promise<string[]> {
  const [rows] = await openWithWrangler(place)([selectTables]);
  return v.parse(v.array(v.object({ name: v.string() })), rows).map(({ name }) => name);
}

/** All of it or nothing: D1 sets an import back that does not come to its end, and the local one is one transaction. */
export async function importSql(
  place: Place,
  path: string,
): Promise<{ readonly ok: boolean; readonly output: string }> {
  return runWrangler("d1", "execute", "DB", `--${place}`, `--file=${path}`, "-y");
}

/** A file in a folder that only this user can read, gone afterwards: it holds addresses. */
export async function withFile<Result>(use: (path: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "library-database-"));
  try {
    return await use(join(folder, "database.sql"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
