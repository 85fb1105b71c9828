/** Checks what needs attention: each kind of problem as rows in the database, and what the author reads about it. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { textAt } from "../../src/desk/names.ts";
import { readProblems } from "../../src/desk/overview/overview.ts";
import type { Problem } from "../../src/desk/problem.ts";
import type { ChapterAt } from "../../src/desk/questions/chapter-questions.ts";
import { freeQuota, type Quota, quotaOf } from "../../src/mail/quota.ts";
import { en } from "../../src/ui/words/en.ts";
import { openWorld, type World } from "../world.ts";
import { emptyDesk } from "./fill-desk.ts";

const now = Date.parse("2026-03-20T12:00:00.000Z");
const ago = (hours: number): string => new Date(now - hours * 3_600_000).toISOString();

let world: World;
let db: D1Database;
beforeAll(async () => {
  world = await openWorld();
  db = await world.database();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  await emptyDesk(db);
  await run("INSERT INTO newsletter (id, began_at, seen_at) VALUES (1, ?, ?)", ago(2000), ago(0.1));
});

const run = (sql: string, ...values: (string | number | null)[]) =>
  db
    .prepare(sql)
    .bind(...values)
    .run();

const chapterAt: ChapterAt = (place) => textAt(world.manifest, place);
const problems = (more: { isOpen?: boolean; quota?: Quota } = {}): Promise<Problem[]> =>
  readProblems(openDatabase(db), {
    now,
    isOpen: true,
    quota: freeQuota,
    words: en,
    names: Promise.resolve({ titleOf: () => "Cooling", chapterAt }),
    ...more,
  });
const titles = async (more?: Parameters<typeof problems>[0]): Promise<string[]> =>
  (await problems(more)).map(({ title }) => title);

async function mail(
  copies: Readonly<Record<string, number>>,
  { hours = 30, id = "each_tea_cooling", chapters = ["tea/cooling"] } = {},
) {
  await run(
    "INSERT INTO editions (id, audience, chapters, state, opened_at, done_at, mails) VALUES (?, 'each', ?, 'done', ?, ?, '[]')",
    id,
    JSON.stringify(chapters),
    ago(hours),
    ago(hours - 0.2),
  );
  for (const [state, count] of Object.entries(copies)) {
    for (const chapter of chapters) {
      await run(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
          INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, provider_id, changed_at)
          SELECT ?2, ?3 || i, ?4, ?3, 're_' || ?3 || i, ?5 FROM n`,
        count,
        chapter,
        state,
        id,
        ago(hours - 0.1),
      );
    }
  }
}

const report = (type: string, count: number, hours: number) =>
  run(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
      INSERT INTO webhook_events (created_at, id, type) SELECT ?2, ?3 || i, ?3 FROM n`,
    count,
    ago(hours),
    type,
  );

test("an edition that went well is no problem", async () => {
  await mail({ delivered: 60, bounced: 2, complained: 1, skipped: 5 });
  await report("email.delivered", 60, 29);
  expect(await problems()).toEqual([]);
});

test("a stopped edition, and not its notice as well", async () => {
  await mail({ delivered: 60 });
  await report("email.delivered", 60, 29);
  await run("UPDATE editions SET state = 'stopped', stopped_at = ?, stop_reason = 'author'", ago(2));
  await run(
    "INSERT INTO notices (id, title, body, at) VALUES ('stopped each_tea_cooling', 'It stopped', '', ?)",
    ago(2),
  );
  expect(await problems()).toEqual([
    {
      title: "“Cooling” has stopped",
      words:
        "You paused it. Nothing has been sent since 20 Mar 2026, 10:00 UTC, and nothing will be until you continue or end it.",
      step: { kind: "link", href: "/desk/editions/each_tea_cooling", words: "Review" },
    },
  ]);
});

test("uncertain transactional emails, until the notice about them is dismissed", async () => {
  const letter = (id: string, kind: string, state: string, hours: number) =>
    run(
      "INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at) VALUES (?, ?, ?, ?, ?, ?)",
      id,
      kind,
      state,
      ago(hours),
      ago(hours),
      ago(hours),
    );
  await letter("dismissed", "confirmation", "uncertain", 30);
  await letter("a", "confirmation", "uncertain", 2);
  await letter("b", "confirmation", "uncertain", 2);
  await letter("c", "preferences-link", "uncertain", 1);
  await letter("d", "welcome", "accepted", 1);
  expect(await titles()).toEqual([]);
  await run("INSERT INTO notices (id, title, body, at) VALUES ('uncertain emails', 'Some', '', ?)", ago(2));
  const [problem, ...others] = await problems();
  expect([problem, others]).toEqual([
    {
      title: "3 transactional emails may not have arrived",
      words:
        "“Confirmation request” (2), “Preferences link”: Resend did not answer while the request could be repeated. They are not sent again, because their recipients may have them. Anyone who misses one can request it again with the form. Dismiss this when you have read it.",
      step: { kind: "settle", notice: "uncertain emails" },
    },
    [],
  ]);
  await run("UPDATE notices SET resolved_at = ?", ago(0));
  expect(await titles()).toEqual([]);
});

test("uncertain copies, until the notice about them is settled", async () => {
  await mail({ delivered: 60, uncertain: 3 });
  await report("email.delivered", 60, 29);
  await run("INSERT INTO notices (id, title, body, at) VALUES ('uncertain each_tea_cooling', 'Some', '', ?)", ago(2));
  const [problem, ...others] = await problems();
  expect(problem?.title).toBe("3 deliveries of “Cooling” may not have arrived");
  expect(problem?.step).toEqual({ kind: "settle", notice: "uncertain each_tea_cooling" });
  expect(others).toEqual([]);
  await run("UPDATE notices SET resolved_at = ?", ago(1));
  expect(await problems()).toEqual([]);
});

test("a notice that no rule speaks for, in its own words", async () => {
  await run(
    "INSERT INTO notices (id, title, body, at) VALUES ('history tea/leaves', 'Not mailed', 'Dated long ago.', ?)",
    ago(2),
  );
  expect(await problems()).toEqual([
    { title: "Not mailed", words: "Dated long ago.", step: { kind: "settle", notice: "history tea/leaves" } },
  ]);
});

test("two mails of one edition to one reader", async () => {
  await mail({ delivered: 60 }, { chapters: ["tea/cooling", "tea/leaves"] });
  await report("email.delivered", 60, 29);
  expect(await problems()).toEqual([]);
  await run(
    "UPDATE deliveries SET provider_id = 're_again' WHERE chapter_id = 'tea/leaves' AND subscriber_id = 'delivered7'",
  );
  expect(await titles()).toEqual(["1 subscriber received “Cooling” twice"]);
});

test("more reports than mails; a few may be the author's own tries", async () => {
  await mail({ delivered: 60 });
  await report("email.delivered", 70, 29);
  expect(await titles()).toEqual([]);
  await report("email.sent", 71, 29);
  const [problem] = await problems();
  expect(problem?.title).toBe("Resend reports more emails than were sent");
  expect(problem?.words).toContain("it reported 71 emails, but only 60 are on record");
});

test("a silent webhook: after six hours without a word about a mailing or a letter, and not before", async () => {
  await mail({ accepted: 20 }, { hours: 5 });
  expect(await titles()).toEqual([]);
  await mail({ accepted: 20 }, { hours: 8, id: "each_tea_leaves", chapters: ["tea/leaves"] });
  expect(await titles()).toEqual(["No webhook events from Resend"]);
  expect(await titles({ isOpen: false })).toEqual([]);
  // The webhook has reported since then.
  await report("email.sent", 1, 7);
  expect(await titles()).toEqual([]);
  await run(
    `INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at) VALUES ('l', 'welcome', 'accepted', ?1, ?1, ?1)`,
    ago(6.5),
  );
  expect(await titles()).toEqual(["No webhook events from Resend"]);
});

test("a webhook that falls silent in the middle of a mailing", async () => {
  // One delivery never gets a final report; reports about the others stop after an hour.
  await mail({ accepted: 20, delivered: 20 }, { hours: 10 });
  await report("email.delivered", 20, 9);
  expect(await titles()).toEqual([]);
  await run("UPDATE deliveries SET changed_at = ? WHERE state = 'accepted' AND subscriber_id <> 'accepted1'", ago(8));
  expect(await titles()).toEqual(["No webhook events from Resend"]);
  // Its last emails are too recent for a report to be overdue.
  await run("UPDATE deliveries SET changed_at = ? WHERE state = 'accepted' AND subscriber_id <> 'accepted1'", ago(2));
  expect(await titles()).toEqual([]);
});

test("bounces above 4 % of an edition, or of a week; not of a handful, and not of long ago", async () => {
  await mail({ delivered: 20, bounced: 5 });
  await report("email.delivered", 20, 29);
  expect(await titles()).toEqual([]);
  await mail({ delivered: 40, bounced: 1 }, { id: "each_tea_leaves", chapters: ["tea/leaves"] });
  expect(await titles()).toEqual(["9.1\u00a0% bounce rate"]);
  await emptyDesk(db);
  await run("INSERT INTO newsletter (id, began_at, seen_at) VALUES (1, ?, ?)", ago(2000), ago(0.1));
  await mail({ delivered: 90, bounced: 10 }, { hours: 8 * 24 });
  expect(await titles()).toEqual([]);
  await run("UPDATE editions SET opened_at = ?", ago(6 * 24));
  expect((await problems())[0]).toMatchObject({
    title: "10\u00a0% bounce rate",
    step: { href: "/desk/editions/each_tea_cooling" },
  });
});

test("a mailing that takes longer than a fortnight counts until it is over, and for a week after", async () => {
  // A hundred per day, for twenty days: opened in February, completed three days ago.
  await mail({ delivered: 90, bounced: 10 }, { hours: 24 * 24 });
  await run("UPDATE editions SET done_at = ?", ago(3 * 24));
  await run("UPDATE deliveries SET changed_at = ?", ago(3 * 24));
  await report("email.sent", 100, 3 * 24);
  expect(await titles({ quota: quotaOf({ MAIL_QUOTA: "-/110" }) })).toEqual([
    "10\u00a0% bounce rate",
    "The quota for this month is nearly used up",
  ]);
  await run("UPDATE editions SET done_at = ?", ago(8 * 24));
  expect(await titles({ quota: quotaOf({ MAIL_QUOTA: "-/110" }) })).toEqual([
    "The quota for this month is nearly used up",
  ]);
});

test("complaints above one in a thousand, from the second on", async () => {
  await mail({ delivered: 60, complained: 1 });
  await report("email.delivered", 60, 29);
  expect(await titles()).toEqual([]);
  await run("UPDATE deliveries SET state = 'complained' WHERE subscriber_id = 'delivered1'");
  expect(await titles()).toEqual(["2 subscribers marked the newsletter as spam"]);
});

test("the quota, when four fifths of a day's or a month's are sent, and by the plan that is set", async () => {
  await mail({ delivered: 79 }, { hours: 3 });
  await report("email.delivered", 79, 2);
  expect(await titles()).toEqual([]);
  await run(
    `INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at) VALUES ('l', 'welcome', 'accepted', ?1, ?1, ?1)`,
    ago(1),
  );
  expect((await problems())[0]?.words).toContain("About 80 of 100 emails have been sent.");
  expect(await titles({ quota: quotaOf({ MAIL_QUOTA: "-/90" }) })).toEqual([
    "The quota for this month is nearly used up",
  ]);
  expect(await titles({ quota: quotaOf({ MAIL_QUOTA: "-/50000" }) })).toEqual([]);
});

test("nothing goes out: why, and until when; the notice about the same is not repeated", async () => {
  await run("UPDATE newsletter SET hold_until = ?, hold_reason = 'daily_quota_exceeded'", ago(-12));
  await run("INSERT INTO notices (id, title, body, at) VALUES ('quota day', 'Waits', '', ?)", ago(1));
  const [problem, ...others] = await problems();
  expect([problem?.title, others]).toEqual(["Sending is paused until 21 Mar 2026, 00:00 UTC", []]);
  expect(problem?.words).toContain("daily_quota_exceeded");
});

test("a cron trigger that does not run, or never has", async () => {
  await run("UPDATE newsletter SET seen_at = ?", ago(0.3));
  expect(await titles()).toEqual([]);
  await run("UPDATE newsletter SET seen_at = ?", ago(0.4));
  expect(await titles()).toEqual(["The cron trigger is not running"]);
  expect(await titles({ isOpen: false })).toEqual([]);
  await run("DELETE FROM newsletter");
  expect(await titles()).toEqual(["The cron trigger has not run yet"]);
});

test("a quota is read as it is written, and a wrong one is the free plan's", () => {
  expect(quotaOf({})).toEqual({ day: 100, month: 3000 });
  expect(quotaOf({ MAIL_QUOTA: " -/50000 " })).toEqual({ day: undefined, month: 50_000 });
  expect(quotaOf({ MAIL_QUOTA: "lots" })).toEqual(freeQuota);
});

test("a database that was restored, until the author lets it mail again", async () => {
  await run("UPDATE newsletter SET hold_reason = 'restored'");
  const [first] = await problems();
  expect(first?.title).toBe("Sending is paused after a restore");
  expect(first?.step).toEqual({ kind: "command", command: "newsletter -- resume" });
  await run("UPDATE newsletter SET hold_reason = NULL");
  expect(await problems()).toEqual([]);
});
