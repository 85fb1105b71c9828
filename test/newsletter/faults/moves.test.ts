/** Tests chapters and books that move while they are being sent: everybody who wants a chapter gets it once. */
import { expect, test } from "vitest";
import { openDatabase } from "../../../src/db/database.ts";
import { answerQuestion } from "../../../src/editions/chapters/chapter-questions.ts";
import { begin, cooling, expectPromiseKept, history, oolong } from "./begun.ts";
import { inTheMiddle } from "./earlier-version.ts";
import { answerQuestions, move, renameBook } from "./moves.ts";
import type { Volume } from "./shelf.ts";
import { day, hour, type Town } from "./town.ts";

const subjects = (town: Town): string[] => [...new Set(town.resend.sent.map(({ message }) => message.subject))].sort();
const questions = (town: Town) =>
  town.d1.query<{ place: string; mayBe: string; answer: string | null }>(
    "SELECT place, may_be AS mayBe, answer FROM chapter_questions ORDER BY place",
  );
const answer = (town: Town, place: string, word: string) =>
  answerQuestion(openDatabase(town.d1.binding()), place, word, town.now());
const monday = Date.parse("2026-01-19T06:05:00.000Z");

test.each(["redirect", "identity"] as const)(
  "a chapter goes to another book, with a word (%s), when 300 of 700 have it: everybody gets one",
  async (how) => {
    const town = await begin(650);
    town.readers.many(50, { frequency: "weekly" });
    town.mailsPerRun = 100;
    await town.tick();
    await town.ticks(2);
    expect(town.resend.sent).toHaveLength(300);
    move(town, cooling, "cold", how);
    await town.ticks(4);
    expect(town.states()).toEqual({ accepted: 650 });
    town.time = monday;
    await town.ticks(2);
    expect([town.states(), subjects(town)]).toEqual([{ accepted: 700 }, ["tea/cooling"]]);
    await expectPromiseKept(town);
    expect(town.titles()).toEqual(["Published but not emailed"]);
    expect([...town.told.values()][0]?.body, "the overview of the new book").toMatch(/^cold\/start: /);
  },
);

test("a chapter that moves before Monday comes with the digest", async () => {
  const town = await begin(2);
  town.readers.many(3, { frequency: "weekly", books: ["tea"] });
  town.readers.many(3, { frequency: "weekly", books: ["cold"] });
  await town.tick();
  move(town, cooling, "cold", "redirect");
  town.time = monday;
  await town.ticks(2);
  expect(town.states()).toEqual({ accepted: 8 });
  await expectPromiseKept(town);
});

test("a chapter is renamed, moves with a redirect from its last URL alone, and moves again: it is no news", async () => {
  const town = await begin(10);
  await town.tick();
  town.rename(cooling);
  const renamed = town.volumes.find(({ id }) => id === "cooling") as Volume;
  await town.ticks(1);
  const moved = move(town, renamed, "cold", "redirect");
  town.redirects = { "/tea/cooling-renamed": "/cold/cooling-renamed" };
  await town.ticks(1);
  move(town, moved, "ice", "redirect");
  await town.ticks(2);
  // The only open question is about the current book's overview.
  const asked = () => questions(town).map(({ place }) => place);
  expect([town.resend.sent.length, asked()]).toEqual([10, ["ice/ice"]]);
  // Without its redirects the chapter is still identified by its current place.
  town.redirects = {};
  town.deploy += 1;
  await town.ticks(2);
  expect([town.resend.sent.length, asked()]).toEqual([10, ["ice/ice"]]);
  await expectPromiseKept(town);
});

test("a chapter moves without a word in mid-mailing: nothing is sent until the author says what it is", async () => {
  const town = await begin(200);
  town.mailsPerRun = 100;
  await town.tick();
  move(town, cooling, "cold", "silently");
  await town.ticks(6);
  expect(town.resend.sent).toHaveLength(100);
  expect(questions(town)).toEqual([{ place: "cold/cooling", mayBe: '["tea/cooling"]', answer: null }]);
  expect(town.told.get("question cold/cooling ")).toEqual({
    title: "Is this chapter new?",
    body: "cold/cooling has appeared, and tea/cooling disappeared. Is it the same chapter under a new URL, or a new chapter? It is not emailed until you answer: `npm run newsletter -- identify cold/cooling tea/cooling --remote` if it moved, `npm run newsletter -- identify cold/cooling new --remote` if it is new.",
  });
  expect(await answer(town, "cold/cooling", "tea/cooling")).toBe(true);
  expect(await answer(town, "cold/cooling", "new"), "an answer is final").toBe(false);
  await town.ticks(3);
  expect([town.states(), subjects(town)]).toEqual([{ accepted: 200 }, ["tea/cooling"]]);
  await expectPromiseKept(town);
});

test("a chapter that is new is sent when the author has said so, even a month later, and nothing is asked again", async () => {
  const town = await begin(5);
  await town.tick();
  town.withdraw(cooling);
  town.publish({ ...oolong, published: new Date(town.time).toISOString() });
  await town.ticks(2);
  town.time += 40 * day;
  await town.ticks(2);
  expect([town.resend.sent.length, questions(town).length]).toEqual([5, 1]);
  await answer(town, "tea/oolong", "new");
  await town.ticks(2);
  expect([town.resend.sent.length, subjects(town)]).toEqual([10, ["tea/cooling", "tea/oolong"]]);
  town.publish({ ...oolong, id: "matcha", published: new Date(town.time).toISOString() });
  await town.ticks(2);
  expect([town.resend.sent.length, questions(town).length]).toEqual([15, 1]);
  await expectPromiseKept(town);
});

test("a question is over when the front matter answers it, or what was missing is back", async () => {
  const town = await begin(5);
  await town.tick();
  const moved = move(town, cooling, "cold", "silently");
  await town.ticks(1);
  expect(questions(town)).toHaveLength(1);
  town.volumes = town.volumes.map((volume) => (volume === moved ? { ...moved, written: "tea/cooling" } : volume));
  await town.ticks(1);
  expect([questions(town), town.resend.sent.length]).toEqual([[], 5]);
  expect(town.d1.query("SELECT id FROM notices WHERE id LIKE 'question %' AND resolved_at IS NULL")).toEqual([]);
  await expectPromiseKept(town);
});

test.each(["redirect", "silently"] as const)(
  "a whole book gets another name (%s): nothing of it is news",
  async (how) => {
    const town = await begin(20, { books: ["tea"] });
    town.publish(oolong);
    town.mailsPerRun = 10;
    await town.tick();
    renameBook(town, "tea", "teas", how);
    await town.ticks(3);
    while (await answerQuestions(town)) await town.ticks(4);
    expect([town.states(), subjects(town)]).toEqual([{ accepted: 40 }, ["tea/cooling + tea/oolong"]]);
    town.publish({ book: "teas", id: "matcha", published: new Date(town.time).toISOString() });
    await town.ticks(3);
    while (await answerQuestions(town)) await town.ticks(4);
    // With a redirect, readers of the old book are also readers of the new one.
    expect(town.resend.sent.length).toBe(how === "redirect" ? 40 : 20);
    await expectPromiseKept(town);
  },
);

test("two books become one and one becomes two while a chapter of each is under way", async () => {
  const town = await begin(4, { books: ["tea"] });
  town.readers.many(4, { books: ["coffee"] });
  const roasting: Volume = { ...cooling, book: "coffee", id: "roasting" };
  town.publish(roasting);
  town.mailsPerRun = 3;
  await town.tick();
  move(town, roasting, "tea", "redirect");
  move(town, cooling, "black", "redirect");
  await town.ticks(6);
  const gotten = (id: string) => [...town.copies().keys()].filter((copy) => copy.startsWith(`${id} `)).length;
  // Recipients selected after the move also want the chapter that moved into their book.
  expect(gotten("tea/cooling")).toBe(4);
  expect(gotten("coffee/roasting")).toBeGreaterThanOrEqual(4);
  await expectPromiseKept(town);
});

test("a chapter that takes over the URL of a dropped one stays what it is", async () => {
  const town = await begin(3);
  town.publish(oolong);
  await town.ticks(1);
  town.withdraw(oolong);
  town.redirects = { "/tea/oolong": "/tea/cooling" };
  await town.ticks(2);
  expect([questions(town), subjects(town)]).toEqual([[], ["tea/cooling + tea/oolong"]]);
  await expectPromiseKept(town);
});

test("a new chapter where one has moved away from needs an identity of its own, and the author is told", async () => {
  const town = await begin(3);
  await town.tick();
  move(town, cooling, "cold", "redirect");
  await town.ticks(1);
  town.redirects = {};
  town.publish({ ...cooling, published: new Date(town.time).toISOString() });
  await town.ticks(2);
  expect(town.resend.sent).toHaveLength(3);
  expect(town.told.get("question tea/cooling ")?.body).toBe(
    "tea/cooling has the former URL of tea/cooling, which has moved. Give it its own identity in its front matter, for example `id: tea/cooling-2`, and deploy. Until then it is not emailed.",
  );
  town.volumes = town.volumes.map((volume) =>
    volume.book === "tea" && volume.id === "cooling"
      ? { ...volume, written: "tea/cooling-2", born: "tea/cooling-2" }
      : volume,
  );
  await town.ticks(2);
  expect([subjects(town), town.states()]).toEqual([["tea/cooling", "tea/cooling-2"], { accepted: 6 }]);
});

test("a database of the version before, in mid-edition, meets the release that moves the chapter", async () => {
  for (const how of ["redirect", "silently"] as const) {
    const { town } = await inTheMiddle();
    move(town, cooling, "cold", how);
    town.time += hour;
    await town.ticks(3);
    if (how === "silently") {
      expect(questions(town)).toHaveLength(1);
      await answerQuestions(town);
      await town.ticks(3);
    }
    expect([how, town.states(), town.resend.sent.length]).toEqual([how, { accepted: 5 }, 5]);
    expect(new Set(town.resend.sent.map(({ message }) => message.to[0])).size).toBe(5);
  }
});

test("what the version before took for two chapters is one again: who had it under its old name is not mailed", async () => {
  const town = await begin(6);
  town.mailsPerRun = 3;
  await town.tick();
  move(town, cooling, "cold", "redirect");
  // As the previous version left it: released, closed, and recorded again as history.
  town.d1.query("UPDATE publications SET edition_id = NULL, place = NULL, books = NULL, legacy_feed_id = NULL");
  town.d1.query("UPDATE editions SET state = 'done', sealed_at = opened_at");
  town.d1.query("DELETE FROM release_state");
  town.d1.query(
    `INSERT INTO publications (chapter_id, published_at, recorded_at) VALUES ('cold/cooling', ?, ?)`,
    cooling.published,
    new Date(town.time + 1).toISOString(),
  );
  await town.ticks(4);
  expect([town.states(), subjects(town)]).toEqual([{ accepted: 6 }, ["tea/cooling"]]);
});

test("history that moves is asked about, too, and its statistics go with it", async () => {
  const town = await begin(2);
  await town.tick();
  const count = (page: string, views: number) =>
    town.d1.query(
      `INSERT INTO reading_days (day, page, measure, source, count) VALUES ('2026-01-13', ?, 'view', '', ${views})`,
      page,
    );
  count("tea/history", 5);
  move(town, history, "cold", "silently");
  await town.ticks(1);
  count("cold/history", 2);
  town.d1.query("INSERT INTO feedback (id, page, at, clear) VALUES ('f', 'cold/history', '2026-01-14', 1)");
  await answerQuestions(town);
  await town.ticks(1);
  expect(town.d1.query("SELECT page, count FROM reading_days")).toEqual([{ page: "tea/history", count: 7 }]);
  expect(town.d1.query("SELECT page FROM feedback")).toEqual([{ page: "tea/history" }]);
});
