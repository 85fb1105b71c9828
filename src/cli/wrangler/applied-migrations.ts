/** Reads which migrations a database has: wrangler takes two seconds to find nothing to apply. */
import * as v from "valibot";
import { Unreachable } from "../explain-failure.ts";
import type { Execute } from "./d1-execute.ts";

const Applied = v.array(v.object({ name: v.string() }));

/** Their names. Throws `Unreachable`, also if the database has never been migrated. */
export async function readAppliedMigrations(execute: Execute): Promise<string[]> {
  const [rows] = await execute(["SELECT name FROM d1_migrations"]);
  return v.parse(Applied, rows).map(({ name }) => name);
}

/** `names`: of this project's migrations. False if it cannot be said: wrangler then says why. */
export async function hasAllMigrations(execute: Execute, names: readonly string[]): Promise<boolean> {
  try {
    const applied = await readAppliedMigrations(execute);
    return names.every((name) => applied.includes(name));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return false;
  }
}
