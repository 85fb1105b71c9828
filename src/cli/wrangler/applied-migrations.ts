/** Finds out whether the deployed database has all migrations: wrangler takes two seconds to find nothing to apply. */
import * as v from "valibot";
import { Unreachable } from "../explain-failure.ts";
import type { Execute } from "./d1-execute.ts";

const Applied = v.array(v.object({ name: v.string() }));

/** `names`: of this project's migrations. False if it cannot be said: wrangler then says why. */
export async function hasAllMigrations(execute: Execute, names: readonly string[]): Promise<boolean> {
  try {
    const [rows] = await execute(["SELECT name FROM d1_migrations"]);
    const applied = new Set(v.parse(Applied, rows).map(({ name }) => name));
    return names.every((name) => applied.has(name));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return false;
  }
}
