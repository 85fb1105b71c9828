/**
 * Deletes the words of searches without results from a copied database: they are deleted from the live one within two months,
 * but a backup is kept for years.
 */
import type { DatabaseSync } from "node:sqlite";
import { tablesOf } from "./dump.ts";

/** Returns the number of deleted rows. */
export function deleteMissedWords(database: DatabaseSync): number {
  if (!tablesOf(database).includes("missed_words")) return 0;
  return Number(database.prepare("DELETE FROM missed_words").run().changes);
}
