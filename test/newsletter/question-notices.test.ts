/** Tests notices with questions about chapters: each stays open as long as one of its chapters has a question. */

import { describe, expect, test } from "vitest";
import { identify } from "../../src/cli/editions/identify.ts";
import { openNotices } from "../../src/cli/editions/read-notices.ts";
import { printStatement } from "../../src/cli/sql-text.ts";
import { iso, openDatabase, transact } from "../../src/db/database.ts";
import { noticesAbout } from "../../src/desk/questions/chapter-questions.ts";
import { dismissNotice } from "../../src/editions/actions/edition-actions.ts";
import { answerQuestion, closeQuestions, questionsText } from "../../src/editions/chapters/chapter-questions.ts";
import { parseNotices } from "../../src/editions/notice-queries.ts";
import { en } from "../../src/ui/words/en.ts";
import { FakeD1 } from "../fakes/d1.ts";

const at = Date.parse("2026-02-02T08:00:00.000Z");

/** A database with these questions; each list belongs to one notice. */
function ask(notices: Readonly<Record<string, readonly string[]>>) {
  const d1 = new FakeD1();
  const db = openDatabase(d1.binding());
  d1.query("INSERT INTO release_state (id, fingerprint, identities, legacy_feeds) VALUES (1, 'f', '{}', '{}')");
  for (const [id, places] of Object.entries(notices)) {
    const questions = places.map((place) => ({ place, path: `/${place}`, mayBe: ["tea/cool"] }));
    d1.query(
      "INSERT INTO notices (id, title, body, at) VALUES (?, 'Is this chapter new?', ?, ?)",
      id,
      questionsText(questions, en),
      iso(at),
    );
    for (const place of places)
      d1.query(
        "INSERT INTO chapter_questions (place, may_be, asked_at) VALUES (?, '[\"tea/cool\"]', ?)",
        place,
        iso(at),
      );
  }
  const execute = async (statements: readonly string[]) => statements.map((statement) => d1.query(statement));
  const open = () => d1.query<{ id: string }>("SELECT id FROM notices WHERE resolved_at IS NULL ORDER BY id");
  return { d1, db, execute, open: () => open().map(({ id }) => id) };
}
type Asked = ReturnType<typeof ask>;

const ways = {
  "at the desk": ({ db }: Asked, place: string, answer = "new") => answerQuestion(db, place, answer, at),
  "by command": async ({ execute }: Asked, place: string, answer = "new") =>
    (
      await identify(
        { execute, target: "remote", now: iso(at), paint: (text) => text, tell: () => {}, confirm: async () => "yes" },
        place,
        answer,
      )
    ).ok,
};

const many = ["pots/a", "pots/b", "pots/c", "pots/cooling", "pots/ice"];

describe.each(Object.entries(ways))("answered %s", (_, answer) => {
  test("a place that another one contains settles its own notice only, in either order", async () => {
    for (const [first, second] of [
      ["tea/cooling", "tea/cool"],
      ["tea/cool", "tea/cooling"],
      ["tea/cooling", "iced-tea/cooling"],
      ["iced-tea/cooling", "tea/cooling"],
    ] as const) {
      const asked = ask({ [`question ${first}`]: [first], [`question ${second}`]: [second] });
      expect(await answer(asked, first)).toBe(true);
      expect(asked.open(), `${first} was answered`).toEqual([`question ${second}`]);
      expect(await answer(asked, second)).toBe(true);
      expect(asked.open()).toEqual([]);
    }
  });

  test("a chapter that a notice names only as one that disappeared is not asked about by it", async () => {
    const asked = ask({ "question cold/cool": ["cold/cool"], "question tea/cool": ["tea/cool"] });
    expect(await answer(asked, "cold/cool")).toBe(true);
    expect(asked.open()).toEqual(["question tea/cool"]);
    expect(await answer(asked, "tea/cool")).toBe(true);
    expect(asked.open()).toEqual([]);
  });

  test("one notice about many is settled by the last answer, whichever that is", async () => {
    for (const last of many) {
      const asked = ask({ "question pots/a 0badcafe": many, "question pots/cool": ["pots/cool"] });
      for (const place of many.filter((each) => each !== last)) expect(await answer(asked, place)).toBe(true);
      expect(asked.open(), last).toEqual(["question pots/a 0badcafe", "question pots/cool"]);
      expect(await answer(asked, last)).toBe(true);
      expect(asked.open(), last).toEqual(["question pots/cool"]);
    }
  });
});

test("when one question is settled by a deploy, the notice about a longer place is settled, and that of the other is not", async () => {
  const { d1, db, open } = ask({ "question tea/cooling": ["tea/cooling"], "question tea/cool": ["tea/cool"] });
  const still = [{ place: "tea/cool", path: "/tea/cool", mayBe: ["tea/steeping"] }];
  await transact(db, closeQuestions(["tea/cooling"], still, at));
  expect([open(), d1.query("SELECT place FROM chapter_questions")]).toEqual([
    ["question tea/cool"],
    [{ place: "tea/cool" }],
  ]);
});

test("the desk, the list and the button for a notice agree on what waits for an answer", async () => {
  for (const [place, isWaiting] of [
    ["tea/cooling", true],
    ["tea/cool", false],
    ["tea/cooling-again", false],
    ["tea/steeping", true],
    ["pots/ice", true],
    ["pots/ic", false],
    ["ots/ice", false],
  ] as const) {
    const { d1, db, execute } = ask({ "question tea/cooling 0badcafe": ["tea/cooling", "tea/steeping", ...many] });
    d1.query("DELETE FROM chapter_questions WHERE place <> ?", place);
    d1.query(
      "INSERT INTO chapter_questions (place, may_be, asked_at) VALUES (?, '[]', '') ON CONFLICT DO NOTHING",
      place,
    );
    const notices = d1.query<{ id: string; body: string }>("SELECT id, body FROM notices");
    expect(noticesAbout([{ place }], notices).length, place).toBe(isWaiting ? 1 : 0);
    expect(parseNotices((await execute([printStatement(openNotices)]))[0]).length, place).toBe(isWaiting ? 0 : 1);
    expect(await dismissNotice(db, "question tea/cooling 0badcafe", at), place).toBe(!isWaiting);
  }
});
