/** Tests what subscribers change at each stage of an edition: whatever can still be applied to their delivery is applied. */
import { expect, test } from "vitest";
import { openDatabase } from "../../../src/db/database.ts";
import { eraseSubscriber } from "../../../src/subscribers/own-data.ts";
import { findSubscriber } from "../../../src/subscribers/subscriber-queries.ts";
import { signingKeys } from "../newsletter-world.ts";
import { begin, cooling, expectPromiseKept, oolong, roasting } from "./begun.ts";
import { isOutElsewhere } from "./imports.ts";
import { isPost, type isWrite, mishap } from "./mishaps.ts";
import type { Reader } from "./readers.ts";
import { day, hour, type Town } from "./town.ts";

const until = (town: Town, days: number): string => new Date(town.time + days * day).toISOString();

/** The delivery's final state if the reader does this while it was certainly not sent (`early`), or later (`late`). */
const minds: Readonly<
  Record<
    string,
    { readonly change: (town: Town, reader: Reader) => unknown; readonly early: string; readonly late: string }
  >
> = {
  leaves: { change: (town, reader) => town.readers.leave(reader), early: "skipped unsubscribed", late: "accepted" },
  bounces: {
    change: (town, reader) => town.readers.suppress(reader, "bounce"),
    early: "skipped suppressed",
    late: "accepted",
  },
  complains: {
    change: (town, reader) => town.readers.suppress(reader, "complaint"),
    early: "skipped suppressed",
    late: "accepted",
  },
  "has left another service": {
    change: (town, reader) => isOutElsewhere(town, reader, "unsubscribed"),
    early: "skipped unsubscribed",
    late: "accepted",
  },
  "has bounced at another service": {
    change: (town, reader) => isOutElsewhere(town, reader, "bounced"),
    early: "skipped suppressed",
    late: "accepted",
  },
  erases: { change: (town, reader) => town.readers.erase(reader), early: "no record", late: "no record" },
  pauses: {
    change: (town, reader) => town.readers.pause(reader, until(town, 9)),
    early: "skipped paused",
    late: "accepted",
  },
  "goes over to a digest": {
    change: (town, reader) => town.readers.choose(reader, "weekly", null),
    early: "accepted with a digest",
    late: "accepted",
  },
  "wants another book": {
    change: (town, reader) => town.readers.choose(reader, "each", ["coffee"]),
    early: "skipped book not wanted",
    late: "accepted",
  },
  moves: {
    change: (town, reader) => town.readers.move(reader, "new@example.com"),
    early: "accepted at new@example.com",
    late: "accepted",
  },
};

/** How far the edition is when the subscriber changes something, and whether that is before it can have been sent. */
const stages: Readonly<
  Record<string, { readonly reach: (town: Town) => Promise<unknown>; readonly isEarly: boolean }>
> = {
  opened: { reach: (town) => town.tick({ choose: mishap("killed after", opensEdition) }), isEarly: true },
  sealed: { reach: (town) => town.tick({ choose: mishap("killed after", seals) }), isEarly: true },
  "held up": {
    reach: (town) => {
      town.resend.troubles.push({ kind: "rate", retryAfter: "60" });
      return town.tick();
    },
    isEarly: true,
  },
  claimed: { reach: (town) => town.tick({ choose: mishap("killed before", isPost) }), isEarly: false },
  "posted without an answer": {
    reach: (town) => town.tick({ choose: mishap("killed after", isPost) }),
    isEarly: false,
  },
  accepted: { reach: (town) => town.tick(), isEarly: false },
};

const opensEdition = (step: Parameters<typeof isWrite>[0]): boolean => /INSERT INTO editions/.test(step.text);
const seals = (step: Parameters<typeof isWrite>[0]): boolean => /INSERT INTO batches/.test(step.text);

function endOf(town: Town, { id }: Reader): string {
  const [copy] = town.d1.query<{ state: string; reason: string | null; edition: string }>(
    "SELECT state, reason, edition_id AS edition FROM deliveries WHERE subscriber_id = ?",
    id,
  );
  const [address = ""] = town.copies().get(`tea/cooling ${id}`) ?? [];
  if (!copy) return "no record";
  const where = address.startsWith(id) || address === "" ? "" : ` at ${address}`;
  return `${copy.state}${copy.reason ? ` ${copy.reason}` : ""}${copy.edition.startsWith("each") ? "" : " with a digest"}${where}`;
}

const cases = Object.entries(stages).flatMap(([stage, { reach, isEarly }]) =>
  Object.entries(minds).map(([mind, { change, early, late }]) => ({
    stage,
    mind,
    reach,
    change,
    // Nothing is recorded before sealing, so a subscriber who no longer wants the book never gets a record.
    end: stage === "opened" && mind === "wants another book" ? "no record" : isEarly ? early : late,
  })),
);

test.each(cases)("$stage, and somebody $mind: $end", async ({ reach, change, end }) => {
  const town = await begin(3);
  const [, reader] = [...town.readers.all.values()];
  if (!reader) throw new Error("Nobody is there.");
  await reach(town);
  town.time += 1000;
  await change(town, reader);
  await town.ticks(3);
  await expectPromiseKept(town);
  expect(endOf(town, reader)).toBe(end);
  expect(town.resend.sent.length, "the others have theirs").toBeGreaterThanOrEqual(2);
});

test("who leaves and comes back while their copy still waits gets it; who comes back later has the reason on record", async () => {
  const town = await begin(2);
  const [early, late] = [...town.readers.all.values()];
  if (!early || !late) throw new Error("Nobody is there.");
  town.resend.troubles.push({ kind: "rate", retryAfter: "60" });
  await town.tick();
  town.readers.leave(early);
  town.readers.leave(late);
  town.readers.comeBack(early);
  await town.ticks(2);
  town.readers.comeBack(late);
  await town.ticks(2);
  expect([endOf(town, early), endOf(town, late)]).toEqual(["accepted", "skipped unsubscribed"]);
  await expectPromiseKept(town);
});

test("newcomers in the middle of a mailing do not get it; those who come before it do, wherever their ids stand", async () => {
  const town = await begin(150);
  town.mailsPerRun = 100;
  const before = town.readers.join({ id: "a0001" });
  await town.tick();
  town.time += 1000;
  const among = town.readers.join({ id: "s00149z" });
  const behind = town.readers.join({ id: "z0001" });
  await town.ticks(4);
  expect([before, among, behind].map(({ id }) => town.readers.countFor(id))).toEqual([1, 0, 0]);
  town.publish({ ...oolong, published: new Date(town.time).toISOString() });
  await town.ticks(4);
  expect([before, among, behind].map(({ id }) => town.readers.countFor(id))).toEqual([2, 1, 1]);
  await expectPromiseKept(town);
});

test("several chapters for readers of different books: each gets one mail with theirs", async () => {
  const town = await begin(3);
  const [, coffee] = [town.readers.many(3, { books: ["tea"] }), town.readers.many(3, { books: ["coffee"] })];
  town.publish(oolong, roasting);
  // Each run composes only what its CPU budget allows.
  await town.ticks(3);
  const subjects = town.resend.sent.map(({ message }) => message.subject);
  expect(new Set(subjects)).toEqual(
    new Set(["coffee/roasting + tea/cooling + tea/oolong", "tea/cooling + tea/oolong", "coffee/roasting"]),
  );
  expect([subjects.length, coffee?.map(({ id }) => town.readers.countFor(id))]).toEqual([9, [1, 1, 1]]);
  await expectPromiseKept(town);
});

test("digests: one a week or a month with what was new, none when nothing was, and none twice after a switch", async () => {
  const town = await begin(0);
  const [weekly] = town.readers.many(1, { frequency: "weekly" });
  const [monthly] = town.readers.many(1, { frequency: "monthly" });
  const [switching] = town.readers.many(1, { frequency: "weekly" });
  if (!weekly || !monthly || !switching) throw new Error("Nobody is there.");
  const subjects = ({ id }: Reader) =>
    town.resend.sent
      .filter(({ message }) => town.readers.ofMessage(message)?.id === id)
      .map(({ message }) => message.subject);
  const daysPass = async (count: number) => {
    for (let hours = 0; hours < count * 24; hours += 6) {
      town.time += 6 * hour;
      await town.tick();
    }
  };
  await daysPass(5);
  expect([subjects(weekly), subjects(monthly)]).toEqual([["tea/cooling"], []]);
  await town.readers.choose(switching, "monthly", null);
  await daysPass(7);
  expect(subjects(weekly), "nothing was new").toHaveLength(1);
  town.publish(
    { ...oolong, published: new Date(town.time).toISOString() },
    { ...roasting, published: new Date(town.time).toISOString() },
  );
  await daysPass(7);
  expect([subjects(weekly), subjects(monthly), subjects(switching)]).toEqual([
    ["tea/cooling", "coffee/roasting + tea/oolong"],
    ["tea/cooling + coffee/roasting + tea/oolong"],
    ["tea/cooling", "coffee/roasting + tea/oolong"],
  ]);
  await town.readers.choose(monthly, "weekly", null);
  await town.readers.choose(switching, "each", null);
  town.publish({ ...cooling, id: "late", published: new Date(town.time).toISOString() });
  await daysPass(35);
  expect([subjects(weekly), subjects(monthly), subjects(switching)].map((list) => list.at(-1))).toEqual([
    "tea/late",
    "tea/late",
    "tea/late",
  ]);
  expect([weekly, monthly, switching].map((reader) => subjects(reader).length)).toEqual([3, 2, 3]);
  await expectPromiseKept(town);
});

test("whoever goes over from digests to each chapter misses nothing that fell between the two", async () => {
  const town = await begin(2, { frequency: "monthly" });
  const [reader] = [...town.readers.all.values()];
  if (!reader) throw new Error("Nobody is there.");
  await town.tick();
  town.time += hour;
  await town.readers.choose(reader, "each", null);
  await expectPromiseKept(town);
  expect(endOf(town, reader)).toBe("accepted with a digest");
});

test.each([
  ["between the form and its erasing", "complaint first"],
  ["after it", "erasing first"],
])("a complaint that comes %s is what is remembered of somebody who had everything erased", async (_, order) => {
  const town = await begin(2);
  await town.tick();
  const [sent] = town.resend.sent;
  const [reader] = [...town.readers.all.values()];
  if (!sent || !reader) throw new Error("Nobody is there.");
  const db = openDatabase(town.d1.binding());
  const known = await findSubscriber(db, reader.id);
  if (!known) throw new Error("The reader is not known.");
  if (order === "complaint first") await town.readers.report(sent, "complained");
  await eraseSubscriber(db, known, signingKeys, town.now());
  if (order === "erasing first") await town.readers.report(sent, "complained");
  expect(town.d1.query("SELECT reason FROM suppressions")).toEqual([{ reason: "complaint" }]);
  expect(town.d1.query("SELECT 1 FROM subscribers WHERE id = ?", reader.id)).toEqual([]);
  expect(town.d1.query("SELECT 1 FROM deliveries WHERE subscriber_id = ?", reader.id)).toEqual([]);
});
