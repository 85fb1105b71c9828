/**
 * Tests stale reads in overlapping runs: releases, chapters and answers may change before a run writes, and no
 * question is lost.
 */
import { expect, test } from "vitest";
import { begin, cooling, expectPromiseKept, history, oolong } from "./begun.ts";
import { CronTown } from "./cron-town.ts";
import { answerQuestions, move } from "./moves.ts";
import { inScenes } from "./scenes.ts";
import type { Volume } from "./shelf.ts";
import { day, minute, type Town } from "./town.ts";
import type { Step } from "./turns.ts";

const subjects = (town: Town): string[] => [...new Set(town.resend.sent.map(({ message }) => message.subject))].sort();
const openQuestions = (town: Town): string[] =>
  town.d1
    .query<{ place: string }>("SELECT place FROM chapter_questions WHERE answer IS NULL ORDER BY place")
    .map(({ place }) => place);
const openNotices = (town: Town): number =>
  town.d1.query("SELECT 1 FROM notices WHERE id LIKE 'question %' AND resolved_at IS NULL").length;
const meetsRelease = ({ what, text }: Step): boolean => what === "write" && /release_state/.test(text);
const lately = (town: Town, id: string, book = "tea"): Volume => ({
  book,
  id,
  published: new Date(town.time).toISOString(),
});

/** Synchronous, to run between two steps of a run. */
function answerNow(town: Town, place: string, word: string): void {
  town.d1.query("UPDATE release_state SET fingerprint = ''");
  town.d1.query("UPDATE chapter_questions SET answer = ? WHERE place = ? AND answer IS NULL", word, place);
}

test.each([
  ["tea/cooling", ["tea/cooling", "tea/oolong"]],
  ["new", ["tea/cooling", "tea/cooling-again + tea/oolong"]],
])("the author answers (%s) while a run writes down that it is not clear: the answer counts", async (word, mails) => {
  const town = await begin(4);
  await town.tick();
  town.withdraw(cooling);
  town.publish(lately(town, "cooling-again"));
  await town.ticks(1);
  expect(openQuestions(town)).toEqual(["tea/cooling-again"]);
  // Another chapter is new, and the run that records the release has read the question before its answer.
  town.publish({ ...oolong, published: new Date(town.time).toISOString() });
  await town.ticks(1);
  answerNow(town, "tea/oolong", "new");
  town.time += 5 * minute;
  await town.tick({
    choose: inScenes([0, meetsRelease, () => answerNow(town, "tea/cooling-again", word)], [0]),
  });
  await town.ticks(3);
  expect(subjects(town)).toEqual(mails);
  expect(town.d1.query("SELECT chapter_id AS id FROM publications WHERE place = 'tea/cooling-again'")).toEqual([
    { id: word === "new" ? "tea/cooling-again" : "tea/cooling" },
  ]);
});

test("a run of the release before announces a chapter while one of the next takes it, moved without a word, for new", async () => {
  const town = await begin(4);
  move(town, cooling, "cold", "silently");
  const at = new Date(town.time).toISOString();
  // What an overlapping run writes.
  const other = () =>
    town.d1.query(
      `INSERT INTO publications (chapter_id, published_at, recorded_at, announced_at, place, books)
        VALUES ('tea/cooling', ?, ?, ?, 'tea/cooling', '["tea"]')`,
      cooling.published,
      at,
      at,
    );
  await town.tick({ choose: inScenes([0, meetsRelease, other], [0]) });
  await town.ticks(2);
  expect([openQuestions(town), town.resend.sent.length]).toEqual([["cold/cooling"], 0]);
  answerNow(town, "cold/cooling", "tea/cooling");
  await town.ticks(2);
  expect([subjects(town), town.resend.sent.length]).toEqual([["tea/cooling"], 4]);
});

test("sixty chapters move without a word: one email asks about them, and what else is new is sent", async () => {
  const town = await begin(3);
  const many = Array.from({ length: 60 }, (_, index) => ({ ...history, id: `leaf-${index}` }));
  town.publish(...many);
  await town.tick();
  for (const volume of many) move(town, volume, "leaves", "silently");
  await town.ticks(1);
  expect(openQuestions(town)).toHaveLength(60);
  const asked = [...town.told.values()].filter(({ title }) => title === "Are these chapters new?");
  expect(asked).toHaveLength(1);
  expect(asked[0]?.body).toMatch(/ The same is asked of leaves\/leaf-\d+, .*leaves\/leaf-59\.$/);
  expect(openNotices(town)).toBe(1);
  await answerQuestions(town);
  await town.ticks(2);
  expect([openQuestions(town), openNotices(town), subjects(town)]).toEqual([[], 0, ["tea/cooling"]]);
  await expectPromiseKept(town);
});

test("what a run asks when it finds the database set back is told, too", async () => {
  const town = await begin(4);
  town.time += day;
  const saved = town.d1.snapshot();
  await town.tick();
  town.time += day;
  town.restore(saved);
  town.withdraw(history);
  town.publish(lately(town, "new-leaf"), { ...history, id: "old-leaf" });
  await town.ticks(2);
  expect(openQuestions(town)).toEqual(["tea/cooling", "tea/new-leaf", "tea/old-leaf"]);
  expect(town.titles()).toEqual(["Are these chapters new?", "The newsletter database was rolled back"]);
});

test("what nobody can be told while the newsletter is closed is asked when it opens again", async () => {
  const town = new CronTown();
  town.volumes = [history];
  await town.cron();
  town.settings = { RESEND_API_KEY: "" };
  town.withdraw(history);
  town.publish({ ...history, id: "leaf" });
  await town.cron();
  expect(openQuestions(town)).toEqual([]);
  town.settings = {};
  await town.cron();
  expect([openQuestions(town), openNotices(town)]).toEqual([["tea/leaf"], 1]);
});

test("an answer names a chapter that is back where it was: the author hears that two go by one identity", async () => {
  const town = await begin(3);
  await town.tick();
  const moved = move(town, cooling, "cold", "silently");
  await town.ticks(1);
  await answerQuestions(town);
  town.publish(cooling);
  await town.ticks(2);
  expect([...town.told.values()].at(-1)?.body).toBe(
    "cold/cooling and another chapter both claim the identity tea/cooling. Give it its own identity in its front matter, for example `id: cold/cooling-2`, and deploy. Until then it is not emailed.",
  );
  expect([town.resend.sent.length, openNotices(town)]).toEqual([3, 1]);
  town.volumes = town.volumes.map((each) =>
    each === moved ? { ...moved, written: "cold/cooling-2", born: "cold/cooling-2" } : each,
  );
  await town.ticks(2);
  expect([openNotices(town), subjects(town)]).toEqual([0, ["cold/cooling-2", "tea/cooling"]]);
});

test("other old chapters of which the first is the same are another occasion", async () => {
  const town = await begin(2);
  town.publish({ ...history, id: "a" });
  await town.tick();
  town.d1.query("DELETE FROM publications WHERE chapter_id = 'tea/a'");
  town.publish({ ...history, id: "b" });
  await town.ticks(1);
  expect([...town.told.values()].map(({ body }) => body.split(":")[0])).toEqual(["tea/a", "tea/a, tea/b"]);
});
