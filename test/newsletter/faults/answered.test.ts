/** Tests notices and the author's decisions: resolved notices are not sent again, and a delayed run does not undo a decision. */
import { expect, test } from "vitest";
import { goOn } from "./author.ts";
import { begin, expectPromiseKept } from "./begun.ts";
import { mishap } from "./mishaps.ts";
import { inScenes, seals } from "./scenes.ts";
import { hour, minute, type Town } from "./town.ts";
import type { Step } from "./turns.ts";

const edition = "each_tea_cooling";
const openNotices = (town: Town): string[] =>
  town.d1.query<{ id: string }>("SELECT id FROM notices WHERE resolved_at IS NULL ORDER BY id").map(({ id }) => id);
const tells = ({ what }: Step): boolean => what === "tell";

/** An edition whose template is missing from KV for so long that the next run stops it. */
async function withoutItsMail(): Promise<Town & { bringBackMail(): Promise<void> }> {
  const town = await begin(3);
  await town.tick({ choose: mishap("killed after", seals) });
  const kept = town.kv.keys().flatMap((key) => {
    const value = town.kv.value(key);
    return key.startsWith("mail/template/") && value !== undefined ? [{ key, value }] : [];
  });
  for (const { key } of kept) town.kv.remove(key);
  town.time += 2 * hour;
  return Object.assign(town, {
    async bringBackMail() {
      for (const { key, value } of kept) await town.kv.binding().put(key, value);
    },
  });
}

test("a mailing whose trouble passes before it is stopped goes out, and nothing is said of it any more", async () => {
  const town = await withoutItsMail();
  const stops = ({ text }: Step): boolean => text.includes("UPDATE editions SET state = 'stopped'");
  await town.tick({ choose: mishap("killed before", stops) });
  expect(openNotices(town)).toEqual([`stopped ${edition}`]);
  await town.bringBackMail();
  for (let run = 0; run < 5; run += 1) await town.ticks(1);
  expect([town.states(), openNotices(town)]).toEqual([{ accepted: 3 }, []]);
  await expectPromiseKept(town);
});

test("a run that sleeps while it stops a mailing does not stop it again after the author let it go on", async () => {
  const town = await withoutItsMail();
  const answer = () => {
    goOn(town, edition);
    expect(openNotices(town)).toEqual([]);
  };
  await town.tick({
    crons: 2,
    choose: inScenes(
      // Both runs claim the batch in turn, because the first sleeps past its lease.
      [
        0,
        tells,
        () => {
          town.time += 6 * minute;
        },
      ],
      [1, undefined, answer],
      [0],
    ),
  });
  expect([openNotices(town), town.d1.query("SELECT state FROM editions")]).toEqual([[], [{ state: "sending" }]]);
  await town.bringBackMail();
  for (let run = 0; run < 5; run += 1) await town.ticks(1);
  expect([town.states(), town.titles()]).toEqual([{ accepted: 3 }, ["An edition has stopped"]]);
  await expectPromiseKept(town);
});
