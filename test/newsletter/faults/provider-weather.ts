/** Simulates bad days of the email provider and its account. */
import type { Trouble } from "../../fakes/resend-answers.ts";
import type { Dice } from "./dice.ts";
import { hour, minute, type Town } from "./town.ts";

/** Adds faults to the next calls with the probability `share`, and changes the account's state. */
export function badDay(town: Town, dice: Dice, share: number): void {
  const { resend } = town;
  while (dice.chance(share) && resend.troubles.length < 5) resend.troubles.push(someTrouble(dice));
  resend.apiKey = dice.chance(0.04) ? "re_other" : "re_test";
  resend.isDomainVerified = !dice.chance(0.03);
  resend.maxCallsPerSecond = dice.chance(0.2) ? 2 : undefined;
  resend.quota.maxPerDay = dice.chance(0.2) ? dice.pick([0, 10, 100]) : Number.POSITIVE_INFINITY;
  resend.quota.maxPerMonth = dice.chance(0.05) ? 20 : Number.POSITIVE_INFINITY;
  if (dice.chance(0.2)) resend.quota.use(1);
  if (dice.chance(0.1)) {
    const reader = dice.pick([...town.readers.all.values()]);
    resend.refused.add(`${reader.id}@example.org`);
  }
}

export const someTrouble = (dice: Dice): Trouble =>
  dice.pick<Trouble>([
    { kind: "cut", taken: true },
    { kind: "cut", taken: true },
    { kind: "cut", taken: false },
    { kind: "garbled", how: dice.pick(["html", "truncated", "empty", "internal error"]), taken: dice.chance(0.5) },
    { kind: "slow", takenAfterMs: dice.pick([1000, 4 * minute, 11 * minute, 3 * hour]) },
    { kind: "rate", retryAfter: String(dice.pick([1, 60, 900])) },
    { kind: "answer", status: 422, body: { name: "validation_error", message: "Something about the batch." } },
  ]);
