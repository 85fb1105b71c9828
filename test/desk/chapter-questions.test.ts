/**
 * Checks questions about chapters at the desk: a form without scripts, answered once, with statistics that follow the
 * answer.
 */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { textAt } from "../../src/desk/names.ts";
import { readProblems } from "../../src/desk/overview/overview.ts";
import { href } from "../../src/routes.ts";
import { present } from "../world.ts";
import { type Desk, openDesk, tokenIn, wordsOf } from "./author.ts";
import { emptyDesk } from "./fill-desk.ts";
import { faultsOf } from "./html-faults.ts";
import { overviewQuestion } from "./overview-question.ts";

let desk: Desk;
let db: D1Database;
beforeAll(async () => {
  desk = await openDesk();
  db = await desk.world.database();
});
afterAll(() => desk[Symbol.asyncDispose]());
beforeEach(async () => {
  await emptyDesk(db);
  await write(
    "INSERT INTO newsletter (id, began_at, seen_at) VALUES (1, '2026-01-01', '2026-01-01')",
    "INSERT INTO release_state (id, fingerprint, identities, legacy_feeds) VALUES (1, 'f', '{\"/tea/leaves\":null}', '{}')",
    `INSERT INTO chapter_questions (place, may_be, asked_at) VALUES ('tea/leaves', '["old/harvest"]', '2026-01-02')`,
    "INSERT INTO notices (id, title, body, at) VALUES ('question tea/leaves', 'Is this chapter new?', 'Its notice.', '2026-01-02')",
  );
});

const write = (...statements: readonly string[]) => db.batch(statements.map((statement) => db.prepare(statement)));
const question = () => db.prepare("SELECT answer FROM chapter_questions").first<string | null>("answer");
const openNotices = () => db.prepare("SELECT COUNT(*) AS count FROM notices WHERE resolved_at IS NULL").first("count");

const problems = () =>
  readProblems(openDatabase(db), {
    ...overviewQuestion(Date.parse("2026-01-01T00:01:00.000Z")),
    names: Promise.resolve({ titleOf: () => "", chapterAt: (place) => textAt(desk.world.manifest, place) }),
  });

const asked = (place: string, mayBe: string, body = "Its own words.") =>
  db.batch([
    db.prepare("DELETE FROM chapter_questions"),
    db.prepare("DELETE FROM notices"),
    db
      .prepare("INSERT INTO chapter_questions (place, may_be, asked_at) VALUES (?, ?, ?)")
      .bind(place, mayBe, "2026-01-02"),
    db
      .prepare("INSERT INTO notices (id, title, body, at) VALUES (?, 'Is this chapter new?', ?, ?)")
      .bind(`question ${place}`, body, "2026-01-02"),
  ]);

test("a chapter that may be new comes first, with each missing chapter, and not its notice as well", async () => {
  await write(
    "UPDATE newsletter SET hold_reason = 'restored'",
    "INSERT INTO publications (chapter_id, place, published_at, recorded_at) VALUES ('old/cooling', 'pots/cold', '2026-02-02T08:30:00.000Z', '')",
  );
  await asked("tea/cooling", '["old/cooling","old/boiling"]');
  const [first, second, ...others] = await problems();
  expect([first, second?.title, others]).toEqual([
    {
      title: "Is “Cooling: When to Drink” a new chapter?",
      words:
        "It has appeared at /tea/cooling, and 2 chapters (/pots/cold, /old/boiling) disappeared. It is not emailed until you answer. An answer is final.",
      step: {
        kind: "identify",
        place: "tea/cooling",
        choices: [
          { answer: "old/cooling", words: "It is old/cooling, published 2 February 2026, last at /pots/cold" },
          { answer: "old/boiling", words: "It is old/boiling" },
          { answer: "new", words: "It is a new chapter" },
        ],
      },
    },
    "Sending is paused after a restore",
    [],
  ]);
});

test("of a chapter that stands where another one has moved from, what to do is said, and nothing is asked", async () => {
  await asked("tea/tea", "[]", "Give it an identity of its own.");
  expect(await problems()).toEqual([
    {
      title: "The overview of “Tea” has the URL of another chapter",
      words: "Give it an identity of its own.",
      step: { kind: "none" },
    },
  ]);
});

test("the author is asked, answers, and is told what is left to do", async () => {
  const page = await desk.see(href.desk());
  expect(await faultsOf(page.body)).toEqual([]);
  expect(wordsOf(page.body)).toContain("a new chapter? It has appeared at /tea/leaves, and /old/harvest disappeared.");
  expect(page.body).not.toContain("Its notice.");
  expect(page.body.match(/<input type="radio" name="answer" value="[^"]+" required/g)).toHaveLength(2);

  const answer = await desk.send(href.desk(), href.deskQuestions(), { place: "tea/leaves", answer: "old/harvest" });
  expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/desk/?answered=tea%2Fleaves"]);
  expect([await question(), await openNotices()]).toEqual(["old/harvest", 0]);
  const after = await desk.see(answer.headers.get("Location") ?? "");
  expect(wordsOf(after.body)).toContain(
    "tea/leaves is old/harvest. Your answer applies from the next cron run. Also write id: old/harvest into the front matter of content/tea/leaves.md, so that feeds show no new entry after the next deploys.",
  );
  expect(after.body).not.toContain('name="answer"');
});

test("nothing but a possible answer, from a fresh page, changes anything; and the first answer is final", async () => {
  const token = tokenIn((await desk.see(href.desk())).body);
  const send = async (fields: Readonly<Record<string, string>>) =>
    (await desk.post(href.deskQuestions(), { token, place: "tea/leaves", ...fields })).status;
  expect(await send({ token: "x", answer: "new" })).toBe(403);
  for (const answer of ["", "tea/cooling", "tea/leaves'; DELETE FROM notices; --"])
    expect(await send({ answer })).toBe(409);
  expect(await send({ place: "tea/cooling", answer: "new" })).toBe(409);
  const notice = await desk.post(href.deskNotices(), { token, id: "question tea/leaves" });
  expect([notice.status, await question(), await openNotices()]).toEqual([303, null, 1]);
  const strange = await desk.post(
    href.deskQuestions(),
    { token, place: "tea/leaves", answer: "new" },
    { headers: { Origin: "https://stranger.example" } },
  );
  expect([strange.status, await question()]).toEqual([403, null]);
  expect(await send({ answer: "new" })).toBe(303);
  expect(await send({ answer: "old/harvest" })).toBe(409);
  expect(await question()).toBe("new");
  expect(wordsOf((await desk.see("/desk/?answered=tea/leaves")).body)).toContain("tea/leaves is a new chapter.");
});

test("a note is shown of nothing that was not answered", async () => {
  for (const place of ["tea/leaves", "tea/nothing", "<script>"]) {
    expect((await desk.see(`/desk/?answered=${encodeURIComponent(place)}`)).body).not.toContain('role="status"');
  }
});

test("what a chapter was counted under before it moved is found under its title, once a run has met the answer", async () => {
  const day = present.slice(0, 10);
  await write(
    `INSERT INTO reading_days (day, page, measure, source, count) VALUES ('${day}', 'old/harvest', 'view', '', 41)`,
  );
  const title = "One Plant, Six Teas";
  const link = `<a href="/desk/reading/old/harvest">${title}</a>`;
  const report = async () => (await desk.see(href.deskReading(), { now: present })).body;
  expect(await report()).not.toContain(link);
  await write(`UPDATE release_state SET identities = '{"/tea/leaves":"old/harvest"}'`);
  expect(await report()).toContain(link);
  expect(wordsOf(await report())).toMatch(/Reading funnel: Tea .*41/);
  const own = await desk.see(href.deskReading("old/harvest"), { now: present });
  expect([own.status, wordsOf(own.body)]).toEqual([200, expect.stringMatching(`${title}.* 41 `)]);
});
