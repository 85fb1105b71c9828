/** The author's answers to mailings that have stopped, by the statements of `npm run newsletter`. */
import { continueStatements, skipStatements } from "../../../src/cli/editions/answers.ts";
import type { Dice } from "./dice.ts";
import type { Town } from "./town.ts";

export function say(town: Town, statements: readonly string[]): void {
  for (const statement of statements) town.d1.query(statement);
}

export function goOn(town: Town, edition: string): void {
  const [row] = town.d1.query<{ reason: string }>("SELECT stop_reason AS reason FROM editions WHERE id = ?", edition);
  if (row?.reason === "restored") town.hasContinuedAfterRestore = true;
  say(town, continueStatements(edition, new Date(town.now()).toISOString()));
}

export const skip = (town: Town, edition: string): void =>
  say(town, skipStatements(edition, new Date(town.now()).toISOString()));

/** Each that has stopped goes on, is ended, or waits. False when there was none. */
export function answer(town: Town, dice: Dice): boolean {
  const stopped = town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped' ORDER BY id");
  for (const { id } of stopped) {
    const word = dice.below(3);
    if (word === 0) goOn(town, id);
    if (word === 1) skip(town, id);
  }
  return stopped.length > 0;
}
