/** Lists the statements with which a restore empties a database, for a database in memory. */
import type { DatabaseSync } from "node:sqlite";
import { selectDrops } from "../../../src/cli/backup/dump.ts";

export const dropsOf = (database: DatabaseSync): string[] =>
  database
    .prepare(selectDrops)
    .all()
    .map(({ name }) => String(name));
