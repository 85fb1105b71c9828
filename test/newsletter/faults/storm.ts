/**
 * Plays a storm: every fault in an order derived from a seed. Overlapping runs, steps that fail or kill their run,
 * provider and store outages, wrong clocks, deploys and rollbacks, readers who change their choices between any two
 * steps, and an author who decides or does not.
 */

import { FakeD1, type Snapshot } from "../../fakes/d1.ts";
import { maxStaleMs } from "../../fakes/kv.ts";
import { answer } from "./author.ts";
import { settle } from "./calm.ts";
import { correct } from "./correct.ts";
import { Dice } from "./dice.ts";
import { answerQuestions, move } from "./moves.ts";
import { badDay } from "./provider-weather.ts";
import { happen, newcomers } from "./reader-weather.ts";
import { keyOf, type Volume } from "./shelf.ts";
import { beginning, day, hour, minute, Town } from "./town.ts";
import type { Choose, Fate } from "./turns.ts";

const shared: { readonly d1: FakeD1; readonly empty: Snapshot }[] = [];

/** Two databases for all storms, emptied before each: the town's, and that of a second library on the same Resend account. */
function emptyDatabase(index: 0 | 1): FakeD1 {
  const d1 = shared[index]?.d1 ?? new FakeD1();
  shared[index] ??= { d1, empty: d1.snapshot() };
  d1.restore(shared[index].empty);
  return d1;
}

/** How rough a storm is: probabilities per step. */
interface Roughness {
  readonly failing: number;
  readonly killing: number;
  readonly troubles: number;
  readonly minds: number;
}

const calm: Roughness = { failing: 0, killing: 0, troubles: 0.1, minds: 0.01 };
const roughness: readonly Roughness[] = [
  calm,
  { failing: 0.01, killing: 0.005, troubles: 0.3, minds: 0.02 },
  { failing: 0.05, killing: 0.01, troubles: 0.5, minds: 0.03 },
  { failing: 0, killing: 0.04, troubles: 0.2, minds: 0.05 },
];

/** The town after the storm, once everything has settled. */
export async function storm(seed: number): Promise<Town> {
  const dice = new Dice(seed);
  const town = new Town(emptyDatabase(0));
  await found(town, dice);
  const staging = dice.chance(0.3) ? await openStaging(town) : undefined;
  const rough = dice.pick(roughness);
  town.isKvDown = () => dice.chance(rough.failing);
  let saved: Snapshot | undefined;
  let mayRestore = dice.chance(0.25);
  for (let turns = 4 + dice.below(16); turns > 0; turns -= 1) {
    town.time += town.seenAt() > town.time ? 5 * minute : someTime(dice);
    town.skew = someSkew(town, dice);
    town.late = dice.chance(0.25) ? dice.pick([-2 * hour, 20 * minute, 65 * minute, 9 * hour, 2 * day]) : 0;
    town.kv.staleness = dice.chance(0.3) ? () => dice.below(maxStaleMs) : () => 0;
    deployments(town, dice);
    badDay(town, dice, rough.troubles);
    if (dice.chance(0.15)) answer(town, dice);
    if (dice.chance(0.15)) await answerQuestions(town);
    if (saved === undefined && dice.chance(0.3)) saved = town.d1.snapshot();
    else if (saved !== undefined && mayRestore && !town.hadWrongClock && dice.chance(0.3)) {
      // KV may be a minute behind.
      town.time += 2 * minute;
      town.skew = 0;
      town.restore(saved);
      town.time += 2 * minute;
      mayRestore = false;
    }
    await town.tick({
      crons: dice.pick([1, 1, 1, 1, 2, 4]),
      choose: gusts(dice, rough),
      between: async () => {
        if (dice.chance(0.3)) town.time += dice.below(400);
        if (dice.chance(rough.minds)) await happen(town, dice);
      },
    });
    if (dice.chance(0.2)) await happen(town, dice);
    if (staging && dice.chance(0.5)) await follow(staging, town);
  }
  if (dice.chance(0.7)) town.bringBack();
  await settle(town);
  for (let times = dice.below(3); times > 0; times -= 1) if (answer(town, dice)) await settle(town, 32);
  return town;
}

/** Opens the same library as a second deployment, with its own database and reader, on the town's Resend account. */
async function openStaging(town: Town): Promise<Town> {
  const staging = new Town(emptyDatabase(1), town.resend);
  staging.time = beginning;
  staging.volumes = town.volumes;
  await staging.tick();
  staging.readers.join({ id: "tester" });
  return staging;
}

async function follow(staging: Town, town: Town): Promise<void> {
  staging.time = town.time;
  staging.volumes = town.volumes;
  await staging.tick();
}

/** Opens a library with some readers, and chapters that become due during the storm. */
async function found(town: Town, dice: Dice): Promise<void> {
  town.mailsPerRun = dice.pick([500, 300, 100, 250, 40, 7]);
  town.callsPerRun = dice.pick([50, 50, 50, 200]);
  const history = { book: "tea", id: "history", published: "2025-03-01T00:00:00.000Z" };
  const news: Volume[] = Array.from({ length: 1 + dice.below(4) }, (_, index) => ({
    book: dice.pick(["tea", "tea", "coffee"]),
    id: `news-${index}`,
    published: new Date(beginning + dice.pick([1, 1, 2, 30, 100, 200]) * hour).toISOString(),
  }));
  town.volumes = [history, ...news];
  await town.tick();
  newcomers(town, dice, dice.chance(0.06) ? dice.pick([130, 250]) : dice.pick([3, 5, 5, 8, 8, 12, 20, 40]));
  town.time = beginning + 55 * minute;
}

const someTime = (dice: Dice): number =>
  dice.pick([
    5 * minute,
    5 * minute,
    5 * minute,
    5 * minute,
    20 * minute,
    20 * minute,
    2 * hour,
    5 * hour,
    26 * hour,
    8 * day,
  ]);

/**
 * Days ahead, or hours behind. Leaves out two faults that the engine cannot fully detect: a clock that goes back
 * between two recorded times, and a database rollback while the clock is wrong.
 */
function someSkew(town: Town, dice: Dice): number {
  if (town.wasRestored) return 0;
  const skew = dice.chance(0.03)
    ? dice.pick([-9 * hour, -40 * minute, 2 * day, 10 * day])
    : dice.chance(0.7)
      ? 0
      : town.skew;
  const isNoted = town.seenAt() > town.time + town.skew - hour;
  return skew < -30 * minute && !isNoted ? 0 : skew;
}

/** Typo fixes, corrections, chapters that are unpublished and published again, renames, and new chapters. */
function deployments(town: Town, dice: Dice): void {
  if (dice.chance(0.15)) town.deploy += 1;
  if (town.volumes.length > 1 && dice.chance(0.06)) town.withdraw(dice.pick(town.volumes));
  if (dice.chance(0.3)) town.bringBack();
  if (dice.chance(0.05)) town.rename(dice.pick(town.volumes));
  if (dice.chance(0.06)) {
    const volume = dice.pick(town.volumes);
    const book = dice.pick(["tea", "coffee", "water"].filter((other) => other !== volume.book));
    move(town, volume, book, dice.pick(["redirect", "redirect", "identity", "silently"]));
  }
  if (dice.chance(0.12)) {
    const volume = dice.pick(town.volumes);
    if (town.isOnShelf(keyOf(volume))) correct(town, volume);
  }
  if (dice.chance(0.05)) {
    const published = new Date(town.time + dice.pick([0, 0, 3 * hour])).toISOString();
    town.publish({ book: "tea", id: `late-${town.deploy}`, published });
  }
}

/** Any waiting run may be next, and its step may fail. */
const gusts =
  (dice: Dice, { failing, killing }: Roughness): Choose =>
  (waiting) => {
    const index = dice.below(waiting.length);
    const luck = dice.next();
    const unlucky: Fate[] = ["lost", "answer lost"];
    const deadly: Fate[] = ["killed before", "killed after"];
    const fate = luck < killing ? dice.pick(deadly) : luck < killing + failing ? dice.pick(unlucky) : "done";
    return { index, fate };
  };
