/** Applies the author's decisions on stopped editions, with the statements of `npm run newsletter`. */
import type { SQL } from "drizzle-orm";
import { printStatement } from "../../../src/cli/sql-text.ts";
import { editionStatements } from "../../../src/editions/actions/edition-actions.ts";
import type { Dice } from "./dice.ts";
import type { Town } from "./town.ts";

export function say(town: Town, statements: readonly SQL[]): void {
  for (const statement of statements) town.d1.query(printStatement(statement));
}

export function goOn(town: Town, edition: string): void {
  const [row] = town.d1.query<{ reason: string }>("SELECT stop_reason AS reason FROM editions WHERE id = ?", edition);
  if (row?.reason === "restored") town.hasContinuedAfterRestore = true;
  say(town, editionStatements.continue(edition, town.now()));
}

export const skip = (town: Town, edition: string): void => say(town, editionStatements.skip(edition, town.now()));

/** Continues, skips or ignores each stopped edition at random. False if there was none. */
export function answer(town: Town, dice: Dice): boolean {
  const stopped = town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped' ORDER BY id");
  for (const { id } of stopped) {
    const word = dice.below(3);
    if (word === 0) goOn(town, id);
    if (word === 1) skip(town, id);
  }
  return stopped.length > 0;
}
