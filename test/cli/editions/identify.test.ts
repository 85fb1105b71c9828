/** Tests identification of moved chapters by the author: the question in the list, the answers, and their effects. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { announce, type Dialogue, dismiss, list } from "../../../src/cli/editions/dialogue.ts";
import { identify } from "../../../src/cli/editions/identify.ts";
import { iso, openDatabase } from "../../../src/db/database.ts";
import { answerQuestion } from "../../../src/editions/chapters/chapter-questions.ts";
import { begin, cooling, expectPromiseKept, oolong } from "../../newsletter/faults/begun.ts";
import { move, renameBook } from "../../newsletter/faults/moves.ts";
import type { Town } from "../../newsletter/faults/town.ts";
import { minutes } from "../../newsletter/run-context.ts";
import { openWorld, type World } from "../../world.ts";

/** The author of a town, who confirms every question. */
function authorOf(town: Town, target: Dialogue["target"] = "remote") {
  const heard: string[] = [];
  const author: Dialogue = {
    execute: async (statements) => statements.map((statement) => town.d1.query(statement)),
    target,
    now: iso(town.now()),
    paint: (text) => text,
    tell: (text) => void heard.push(text),
    confirm: async () => "yes",
  };
  return { ...author, heard };
}
const subjects = (town: Town) => [...new Set(town.resend.sent.map(({ message }) => message.subject))].sort();

/** Half of the recipients have the chapter when it moves to another book without a redirect. */
async function halfMoved(): Promise<Town> {
  const town = await begin(200);
  town.mailsPerRun = 100;
  await town.tick();
  move(town, cooling, "cold", "silently");
  await town.ticks(2);
  return town;
}

test("the list begins with the question and its commands, and does not repeat its notice", async () => {
  const town = await halfMoved();
  const { text } = await list(authorOf(town), 5);
  expect(text.split("\n\n")[1]).toBe(
    [
      "Needs attention",
      "  Is cold/cooling new?                                asked 2026-01-14 10:05 UTC",
      "    It appeared when tea/cooling disappeared. It is not emailed until you say",
      "    whether it is the same chapter.",
      "    it moved    npm run newsletter -- identify cold/cooling tea/cooling --remote",
      "    it is new   npm run newsletter -- identify cold/cooling new --remote",
    ].join("\n"),
  );
  expect(text).not.toContain("dismiss question");
  expect(await dismiss(authorOf(town), "question cold/cooling")).toEqual({
    text: "This notice is resolved by answering the question about the chapter:\n`npm run newsletter -- identify PLACE ANSWER --remote`.\n`npm run newsletter -- --remote` lists the open ones.",
    ok: false,
  });
});

test("a chapter that moved goes on to the other half, and the author is told what to write into its front matter", async () => {
  const town = await halfMoved();
  const author = authorOf(town);
  const done = {
    text: "cold/cooling is tea/cooling: the next cron run applies this.\nAlso add this to its front matter, so that feeds do not show it as new after the\nnext deploy:\n`id: tea/cooling` in content/cold/cooling.md",
    ok: true,
  };
  expect(await identify(author, "cold/cooling", "tea/cooling")).toEqual(done);
  expect(author.heard).toEqual([
    "If cold/cooling is tea/cooling, which has moved:\n  Subscribers who already got it do not get it again; an open edition continues\n  for the others. Its statistics and feed entries are kept.",
  ]);
  const again = await identify(author, "cold/cooling", "tea/cooling");
  expect(again.ok).toBe(true);
  expect(again.text).toMatch(/^cold\/cooling was answered 2026-01-14 10:10 UTC: it is tea\/cooling\./);
  expect(await identify(author, "cold/cooling", "new")).toEqual({
    text: "cold/cooling was answered 2026-01-14 10:10 UTC: it is tea/cooling. An answer is\nfinal. To make it a different chapter, set its `id` in content/cold/cooling.md\nand deploy.",
    ok: false,
  });
  await town.ticks(3);
  expect([town.states(), subjects(town)]).toEqual([{ accepted: 200 }, ["tea/cooling"]]);
  // The new book's overview is new, but not announced; the question is resolved.
  expect((await list(authorOf(town), 5)).text).toBe(
    [
      "The newsletter of the deployed library",
      "",
      "Needs attention",
      "  Published but not emailed                                 2026-01-14 10:05 UTC",
      "    cold/start: dated long ago, or before the database was rolled back. To email",
      "    a chapter anyway: `npm run newsletter -- announce cold/start --remote`.",
      "    dismiss     npm run newsletter -- dismiss history cold/start --remote",
      "",
      "Sending",
      "  Nothing.",
      "",
      "Complete",
      "  2026-01-14  each_tea_cooling_again_1",
      "              100 sent",
      "  2026-01-14  each_tea_cooling",
      "              100 sent",
      "",
      "Subscribers",
      "  each chapter  200",
      "  weekly          0",
      "  monthly         0",
    ].join("\n"),
  );
  // Announcing it by either name sends nothing, because everybody has it.
  for (const name of ["cold/cooling", "tea/cooling"]) {
    const { text, ok } = await announce(authorOf(town), name);
    expect([ok, text.replace(/\s+/g, " ")]).toEqual([true, expect.stringContaining("no one gets a chapter twice")]);
  }
  await town.ticks(3);
  expect(town.resend.sent).toHaveLength(200);
  await expectPromiseKept(town);
});

test("announcing a moved chapter of before the newsletter, under its new place, mails it once to whoever has no record of it", async () => {
  const town = await halfMoved();
  await identify(authorOf(town), "cold/cooling", "tea/cooling");
  // As in a restored database: not announced, but with deliveries for the half who have it.
  town.d1.query("UPDATE publications SET announced_at = NULL, edition_id = NULL WHERE chapter_id = 'tea/cooling'");
  town.d1.query("UPDATE editions SET state = 'done', sealed_at = opened_at, done_at = opened_at");
  await town.ticks(3);
  const had = town.resend.sent.map(({ message }) => message.to[0]);
  expect(had).toHaveLength(100);
  const author = authorOf(town);
  expect(await announce(author, "cold/cooling")).toEqual({
    text: "tea/cooling is queued: the next cron run will email it.\n`npm run newsletter -- --remote` lists it.",
    ok: true,
  });
  expect(author.heard).toEqual([
    "If you announce tea/cooling:\n  100 subscribers  will get it with the next cron run\n  No one with a delivery on record gets it again.",
  ]);
  await town.ticks(4);
  const inboxes = town.resend.sent.map(({ message }) => message.to[0]);
  expect([inboxes.length, new Set(inboxes).size]).toEqual([200, 200]);
  expect([town.states(), subjects(town)]).toEqual([{ accepted: 200 }, ["tea/cooling"]]);
  expect(await announce(authorOf(town), "cold/cooling")).toMatchObject({ ok: true });
  await town.ticks(3);
  expect(town.resend.sent).toHaveLength(200);
  await expectPromiseKept(town);
});

test("a chapter that is new goes out, after the author has seen to how many", async () => {
  const town = await begin(5);
  town.readers.many(2, { frequency: "weekly", books: ["tea"] });
  town.readers.many(3, { books: ["cold"] });
  await town.tick();
  town.withdraw(cooling);
  town.publish({ ...oolong, published: iso(town.time) });
  await town.ticks(1);
  const author = authorOf(town, "local");
  expect(await identify(author, "tea/oolong", "new")).toEqual({
    text: "tea/oolong is a new chapter: the next cron run applies this.",
    ok: true,
  });
  expect(author.heard).toEqual([
    "If tea/oolong is new:\n  5 subscribers  will get it with the next cron run\n  2 subscribers  will get it with the next weekly digest\n  A chapter dated more than two weeks before it appeared is not emailed\n  automatically.",
  ]);
  await town.ticks(2);
  expect(subjects(town)).toContain("tea/oolong");
});

test("what is mistyped, cannot be, or is refused changes nothing, and says what can be", async () => {
  const town = await halfMoved();
  const author = authorOf(town);
  const output = async (place: string, answer: string) => {
    const { text, ok } = await identify(author, place, answer);
    expect(ok).toBe(false);
    return text;
  };
  expect(await output("cold/coolin", "new")).toBe(
    "There is no question about `cold/coolin` in the deployed library. Did you mean\n`cold/cooling`?",
  );
  expect(await output("x'; DROP TABLE editions; --", "new")).toBe(
    "There is no question about `x'; DROP TABLE editions; --` in the deployed\nlibrary. The open questions: `cold/cooling`.",
  );
  expect(await output("cold/cooling", "tea/history'; DELETE FROM subscribers; --")).toContain("cold/cooling cannot be");
  expect(await output("cold/cooling", "tea/history")).toBe(
    "cold/cooling cannot be `tea/history`, which is not missing. The possible\nanswers:\n`npm run newsletter -- identify cold/cooling tea/cooling --remote`\n`npm run newsletter -- identify cold/cooling new --remote`",
  );
  expect(await output("hot", "tea")).toBe(
    "There is no open question about the book `hot` in the deployed library. The open\nquestions: `cold/cooling`.",
  );
  expect(await output("cold", "coffee")).toBe(
    "No chapter of `cold` can be a chapter of `coffee`. The books with missing\nchapters: `tea`.",
  );
  const silent: Dialogue = { ...author, confirm: async () => "no" };
  expect(await identify(silent, "cold/cooling", "new")).toEqual({ text: "Nothing was changed.", ok: false });
  const overtaken: Dialogue = {
    ...author,
    confirm: async () => {
      town.d1.query("DELETE FROM chapter_questions");
      return "yes";
    },
  };
  expect(await output("cold/cooling", "tea/history")).toContain("cannot be");
  expect(await identify(overtaken, "cold/cooling", "tea/cooling")).toMatchObject({
    text: expect.stringMatching(/^Something else changed it in the meantime/),
    ok: false,
  });
});

test("of two chapters that may be the missing one, the second cannot be it when the first is", async () => {
  const town = await begin(3);
  await town.tick();
  const moved = move(town, cooling, "cold", "silently");
  town.publish({ ...moved, book: "ice", id: "melting", names: [] });
  await town.ticks(1);
  const author = authorOf(town);
  expect(await identify(author, "cold/cooling", "tea/cooling")).toMatchObject({ ok: true });
  expect(await identify(author, "ice/melting", "tea/cooling")).toMatchObject({ ok: false });
  await town.ticks(2);
  expect(town.states()).toEqual({ accepted: 6 });
});

test("a chapter where another one has moved from gets no answer, but is told what to do", async () => {
  const town = await begin(3);
  await town.tick();
  move(town, cooling, "cold", "redirect");
  await town.ticks(1);
  town.redirects = {};
  town.publish({ ...cooling, published: iso(town.time) });
  await town.ticks(1);
  const text =
    "tea/cooling has the former URL of tea/cooling, which has moved. Give it its own\nidentity in its front matter, for example `id: tea/cooling-2`, and deploy. Until\nthen it is not emailed.";
  expect(await identify(authorOf(town), "tea/cooling", "new")).toEqual({ text, ok: false });
  const listed = (await list(authorOf(town), 5)).text;
  expect(listed.replace(/\s+/g, " ")).toContain(text.replace(/\s+/g, " "));
  expect(listed).not.toContain("identify tea/cooling");
});

test("one answer for a whole book that was renamed without a word", async () => {
  const town = await begin(20);
  town.publish(oolong);
  town.mailsPerRun = 10;
  await town.tick();
  renameBook(town, "tea", "teas", "silently");
  await town.ticks(3);
  const author = authorOf(town);
  const { text, ok } = await identify(author, "teas", "tea");
  expect(ok).toBe(true);
  expect(author.heard[0]?.replace(/\s+/g, " ")).toContain("teas/cooling is tea/cooling.");
  expect(text).toContain("`id: tea/oolong` in content/teas/oolong.md");
  expect(text).toContain("in content/teas/book.md");
  expect(town.d1.query("SELECT place FROM chapter_questions WHERE answer IS NULL")).toEqual([]);
  await town.ticks(4);
  expect([town.states(), subjects(town)]).toEqual([{ accepted: 40 }, ["tea/cooling + tea/oolong"]]);
  await expectPromiseKept(town);
});

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

test.each(["tea/cooling", "new", "tea/history"])(
  "the desk's answer %s leaves the same rows as the command",
  async (answer) => {
    const database = await world.database();
    const rows = async () =>
      JSON.stringify(
        await Promise.all(
          ["chapter_questions", "release_state", "notices"].map(
            async (table) => (await database.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()).results,
          ),
        ),
      );
    const ask = () =>
      database.batch(
        [
          "DELETE FROM chapter_questions",
          "DELETE FROM notices",
          "DELETE FROM release_state",
          "INSERT INTO chapter_questions (place, may_be, asked_at) VALUES ('cold/cooling', '[\"tea/cooling\"]', '2026-02-01')",
          "INSERT INTO notices (id, title, body, at) VALUES ('question cold/cooling', 'Is this chapter new?', '', '2026-02-01')",
          "INSERT INTO release_state (id, fingerprint, identities, legacy_feeds) VALUES (1, 'f', '{}', '{}')",
        ].map((statement) => database.prepare(statement)),
      );
    const at = minutes(1);
    await ask();
    const isDone = await answerQuestion(openDatabase(database), "cold/cooling", answer, Date.parse(at));
    const byDesk = await rows();
    await ask();
    const author: Dialogue = {
      execute: async (statements) =>
        (await database.batch(statements.map((statement) => database.prepare(statement)))).map(
          ({ results }) => results,
        ),
      target: "local",
      now: at,
      paint: (text) => text,
      tell: () => {},
      confirm: async () => "yes",
    };
    expect((await identify(author, "cold/cooling", answer)).ok).toBe(isDone);
    expect(isDone).toBe(answer !== "tea/history");
    expect(await rows()).toBe(byDesk);
  },
);
