/** Empties a database as a restore does, but in memory: the statements that drop everything in it. */
import type { DatabaseSync } from "node:sqlite";
import { selectDrops } from "../../../src/cli/backup/dump.ts";

export const dropsOf = (database: DatabaseSync): string[] =>
  database
    .prepare(selectDrops)
    .all()
    .map(({ name }) => String(name));
