/** Simulates readers who subscribe, change their choices and unsubscribe, and Resend's reports about their emails. */
import type { EventType } from "../../fakes/resend-webhooks.ts";
import type { Dice } from "./dice.ts";
import type { Reader } from "./readers.ts";
import { day, minute, type Town } from "./town.ts";

const someBooks = (dice: Dice): string[] | null =>
  dice.pick([null, null, null, ["tea"], ["coffee"], ["tea", "coffee"]]);

/** Random ids place them anywhere among the existing ones. */
export function newcomers(town: Town, dice: Dice, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const id = `r${dice.below(1_000_000_000).toString(36)}-${town.readers.all.size}`;
    town.readers.join({
      id,
      frequency: dice.pick(["each", "each", "each", "weekly", "monthly"]),
      books: someBooks(dice),
      corrections: dice.chance(0.4),
    });
  }
}

/** Some readers who erase their data subscribe again, after at least the minute a confirmation takes. */
async function eraseAndReturn(town: Town, dice: Dice, reader: Reader): Promise<void> {
  const address = town.readers.addressOf(reader);
  await town.readers.erase(reader);
  if (address === undefined || !dice.chance(0.5)) return;
  town.time += minute;
  town.readers.join({
    id: `${reader.id}-again-${town.readers.all.size}`,
    address,
    frequency: dice.pick(["each", "weekly"]),
  });
}

/** Applies a random change to a random reader. */
export async function happen(town: Town, dice: Dice): Promise<void> {
  const { readers } = town;
  const reader = dice.pick([...readers.all.values()]);
  switch (dice.below(12)) {
    case 0:
      return readers.leave(reader);
    case 1:
      return readers.comeBack(reader);
    case 2:
      return readers.suppress(reader, dice.pick(["bounce", "complaint"]));
    case 3:
      return dice.chance(0.5) ? await eraseAndReturn(town, dice, reader) : undefined;
    case 4:
      return await readers.pause(reader, new Date(town.now() + dice.pick([1, 20, 100]) * day).toISOString());
    case 5:
      return await readers.pause(reader, null);
    case 6:
    case 7:
      return await readers.choose(reader, dice.pick(["each", "weekly", "monthly"]), someBooks(dice));
    case 8:
      return readers.move(reader, `${reader.id}.${dice.below(1000)}@example.com`);
    case 9:
      return newcomers(town, dice, 1);
    case 10:
      return await readers.askForCorrections(reader, dice.chance(0.5));
    default:
      return await report(town, dice);
  }
}

/** Reports arrive in any order, repeatedly, and sometimes before the send is recorded. */
async function report(town: Town, dice: Dice): Promise<void> {
  if (town.resend.sent.length === 0) return;
  const sent = dice.pick(town.resend.sent.slice(-40));
  const type = dice.pick<EventType>(["sent", "delivered", "delivered", "delivery_delayed", "bounced", "complained"]);
  await town.readers.report(sent, type, `event-${dice.below(50)}`);
}
