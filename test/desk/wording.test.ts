/** The desk has no wording of its own: with everything in src/ui/words marked and data in Cyrillic letters, its pages show no Latin letter outside a mark. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deliveryStates, messageStates } from "../../src/db/newsletter-tables.ts";
import { href } from "../../src/routes.ts";
import { en } from "../../src/ui/words/en.ts";
import { findUnmarked } from "../house/wording/find-unmarked.ts";
import { openMarkedWorld } from "../house/wording/marked-world.ts";
import type { Answer, GetOptions, World } from "../world.ts";
import { tokenIn } from "./author.ts";
import { AccessTeam, accessSettings } from "./author-login.ts";
import { emptyDesk, fillDesk } from "./fill-desk.ts";
import { inventDesk } from "./invented-desk.ts";

const now = "2026-12-20T14:05:00.000Z";
const ago = (hours: number): string => new Date(Date.parse(now) - hours * 3_600_000).toISOString();
const access = new AccessTeam();
const chapter = "samovar/boiling";
const edition = "each_samovar_boiling";

/** With a newsletter and without, and then without keys for forms. */
let open: World;
let closed: World;
let db: D1Database;
beforeAll(async () => {
  const options = { now, outbound: access.outbound };
  const newsletter = { MAIL_FROM: "tea@library.example", RESEND_API_KEY: "x", COUNT_MAIL_CLICKS: "yes" };
  const keys = { TOKEN_KEYS: `k1:${"s".repeat(40)}` };
  open = await openMarkedWorld({ ...options, settings: { ...accessSettings, ...keys, ...newsletter } });
  closed = await openMarkedWorld({ ...options, settings: accessSettings });
  db = await open.database();
});
afterAll(async () => {
  await open[Symbol.asyncDispose]();
  await closed[Symbol.asyncDispose]();
});
beforeEach(() => emptyDesk(db));

const see = (world: World, path: string, options: GetOptions = {}): Promise<Answer> =>
  world.get(path, {
    ...options,
    headers: { "Cf-Access-Jwt-Assertion": access.token(options.now ?? now), ...options.headers },
  });
const post = (action: string, fields: Readonly<Record<string, string>>, origin = open.origin): Promise<Answer> =>
  see(open, action, {
    method: "POST",
    body: new URLSearchParams(fields).toString(),
    headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: origin },
  });
const run = (...statements: readonly string[]) => db.batch(statements.map((statement) => db.prepare(statement)));

/** Identities, files and URLs are data; lines may break in them. */
const withoutUrls = (body: string): string =>
  body
    .replaceAll("<wbr/>", "")
    .replaceAll(href.webhook(), "")
    .replace(/(\/|content\/)?\b(samovar|old)\/[\w-]*(\.md)?/g, "");

async function expectMarked(answer: Answer, status = 200): Promise<void> {
  expect(answer.status).toBe(status);
  expect(answer.body).toContain("⟦");
  expect(findUnmarked(withoutUrls(answer.body))).toEqual([]);
}

const reports = [
  href.desk(),
  href.deskReading(),
  href.deskReading(chapter),
  href.deskSubscribers(),
  href.deskEditions(),
  href.deskFeedback(),
  href.deskMessages(),
  href.deskMessages("done"),
  href.deskCalendar(),
];

describe("with nothing to report", () => {
  test.each(reports)("%s", async (path) => {
    await expectMarked(await see(open, path));
    await expectMarked(await see(closed, path));
  });

  test("an edition, a chapter and a page that are not there", async () => {
    for (const path of [href.deskEditions("each"), href.deskReading("samovar/none"), "/desk/kettle"])
      await expectMarked(await see(open, path), 404);
    await expectMarked(await see(open, `${href.deskEditions()}?opened=2026-01-01&before=x`));
  });
});

/** A year of everything, in which whoever writes something writes it in Russian. */
async function fill(): Promise<void> {
  const pages = ["/", "samovar/", chapter, "samovar/song", "samovar/gone"];
  await fillDesk(
    db,
    inventDesk({ seed: 5, now, days: 200, viewsADay: 60, pages, people: 300, mailings: 8, answers: 30 }),
  );
  const kinds = Object.keys(en.desk.names.messages);
  const messages = kinds.flatMap((kind) => messageStates.map((state) => [kind, state]));
  await run(
    "UPDATE feedback SET words = 'Почему?' WHERE words IS NOT NULL",
    "UPDATE subscribers SET leave_reason = 'Слишком много писем.' WHERE leave_reason IS NOT NULL",
    "UPDATE deliveries SET reason = 'ящик полон' WHERE reason IS NOT NULL",
    `INSERT INTO reading_days (day, page, measure, source, count)
      SELECT '${now.slice(0, 10)}', '${chapter}', 'view', value, 5 FROM json_each('["other", "newsletter", "", "samovar/"]') WHERE true
      ON CONFLICT DO NOTHING`,
    `INSERT INTO reading_days (day, page, measure, source, count)
      SELECT '${ago(24).slice(0, 10)}', '${chapter}', 'view', 'host-' || key || '.example', 1 FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12]')`,
    `INSERT INTO reader_messages (id, at, page, place, quote, message, email, state, closed_at) VALUES
      ('m1', '${ago(9)}', '${chapter}', 'Начало', 'вода', 'Почему?', 'anna@example.org', 'open', NULL),
      ('m2', '${ago(9)}', NULL, NULL, NULL, 'Почему?', NULL, 'done', '${ago(5)}')`,
    `INSERT INTO newsletter (id, began_at, seen_at) VALUES (1, '${ago(9000)}', '${ago(0.1)}')`,
    `INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at)
      SELECT 'letter' || key, value ->> 0, value ->> 1, '${ago(9)}', '${ago(9)}', '${ago(9)}' FROM json_each('${JSON.stringify(messages)}')`,
  );
}

describe("with a year of everything", () => {
  beforeEach(fill);

  test.each([
    ...reports,
    `${href.deskReading()}?days=364`,
    `${href.deskReading(chapter)}?days=90`,
    `${href.deskFeedback()}?clear=no&open=yes`,
    `${href.deskFeedback()}?page=samovar/none`,
  ])("%s", async (path) => {
    await expectMarked(await see(open, path));
    await expectMarked(await see(closed, path));
  });

  test("a chapter that is no longer published", async () => {
    await expectMarked(await see(open, href.deskReading("samovar/gone")));
  });

  test("an answer about to be deleted", async () => {
    const id = await db.prepare("SELECT id FROM feedback ORDER BY id LIMIT 1").first<string>("id");
    await expectMarked(await see(open, href.deskDeleteFeedback(id ?? "")));
    await expectMarked(await see(open, href.deskDeleteMessage("m1")));
  });
});

/** One edition with a delivery of every state, for every reason that has words. */
async function addEdition(state: string, stopReason: string | null = null, audience = "each"): Promise<void> {
  const reasons = [null, ...Object.keys(en.desk.records.reasons)];
  const rows = deliveryStates.flatMap((each) => reasons.map((reason) => [each, reason]));
  await run("DELETE FROM editions", "DELETE FROM deliveries");
  await db
    .prepare(`INSERT INTO editions (id, audience, chapters, state, opened_at, mails, stopped_at, stop_reason, done_at)
      VALUES (?1, ?2, '["${chapter}"]', ?3, ?4, '[]', iif(?3 = 'stopped', ?4, NULL), ?5, iif(?3 = 'done', ?4, NULL))`)
    .bind(edition, audience, state, ago(30), stopReason)
    .run();
  await db
    .prepare(`INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
      SELECT '${chapter}', 's' || key, ?1, value ->> 0, value ->> 1, ?2 FROM json_each(?3)`)
    .bind(edition, ago(29), JSON.stringify(rows))
    .run();
}

describe("an edition", () => {
  const actions = ["continue", "skip", "stop"] as const;
  const stops = [...Object.keys(en.desk.records.stops), "что-то", null];

  test.each<[string, string | null, string]>([
    ["sending", null, "each"],
    ["done", null, "weekly"],
    ["done", "skipped", "monthly"],
    ...stops.map((reason) => ["stopped", reason, "each"] as [string, string | null, string]),
  ])("that is %s, because of %s, to %s", async (state, reason, audience) => {
    await addEdition(state, reason, audience);
    for (const path of [href.desk(), href.deskEditions(), href.deskEditions(edition)])
      await expectMarked(await see(open, path));
    for (const action of actions) {
      await expectMarked(await see(open, `${href.deskEditions(edition)}?after=${action}`));
      await expectMarked(await see(open, href.deskAction(edition, action)));
      await expectMarked(await see(closed, href.deskAction(edition, action)), 404);
    }
  });

  test("that waits, and one without recipients", async () => {
    await addEdition("sending");
    await run(
      `INSERT INTO reader_messages (id, at, page, place, quote, message, email, state, closed_at) VALUES
      ('m1', '${ago(9)}', '${chapter}', 'Начало', 'вода', 'Почему?', 'anna@example.org', 'open', NULL),
      ('m2', '${ago(9)}', NULL, NULL, NULL, 'Почему?', NULL, 'done', '${ago(5)}')`,
      `INSERT INTO newsletter (id, began_at, hold_until, hold_reason) VALUES (1, '${ago(99)}', '${ago(-9)}', 'квота')`,
    );
    for (const path of [href.desk(), href.deskEditions(edition)]) await expectMarked(await see(open, path));
    await run("DELETE FROM deliveries");
    for (const path of [href.deskEditions(), href.deskAction(edition, "skip")])
      await expectMarked(await see(open, path));
  });

  test("that was changed by a form, or could not be", async () => {
    await addEdition("sending");
    const token = tokenIn((await see(open, href.deskAction(edition, "skip"))).body);
    await expectMarked(await post(href.deskAction(edition, "skip"), { token: "x" }), 403);
    expect((await post(href.deskAction(edition, "skip"), { token })).status).toBe(303);
    await expectMarked(await post(href.deskAction(edition, "stop"), { token }), 409);
  });
});

describe("what needs attention", () => {
  const cases: Readonly<Record<string, () => Promise<unknown>>> = {
    "a restore": () => run(`INSERT INTO newsletter (id, began_at, hold_reason) VALUES (1, '${ago(9)}', 'restored')`),
    "no cron run": () => run("DELETE FROM newsletter"),
    "no cron run for long": () => run(`INSERT INTO newsletter (id, began_at) VALUES (1, '${ago(9)}')`),
    "no webhook events": () =>
      run(`INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at)
        VALUES ('l', 'welcome', 'accepted', '${ago(9)}', '${ago(9)}', '${ago(9)}')`),
    "bounces, complaints and doubles": async () => {
      await addEdition("done");
      await run(
        `UPDATE editions SET chapters = '["${chapter}", "samovar/song"]'`,
        "UPDATE deliveries SET provider_id = 'a'",
        `INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, provider_id, changed_at)
          SELECT 'samovar/song', subscriber_id, edition_id, state, 'b', changed_at FROM deliveries WHERE subscriber_id IN ('s1', 's2')`,
      );
    },
    "more events than emails": () =>
      run(`INSERT INTO webhook_events (created_at, id, type) SELECT '${ago(3)}', key, 'email.sent'
        FROM json_each('[${"1,".repeat(40)}1]')`),
    "uncertain deliveries and emails": async () => {
      await addEdition("done");
      await run(
        `INSERT INTO notices (id, title, body, at) VALUES ('uncertain ${edition}', 'да', 'да', '${ago(9)}'), ('uncertain emails', 'да', 'да', '${ago(9)}')`,
        `INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at) VALUES
          ('a', 'welcome', 'uncertain', '${ago(9)}', '${ago(9)}', '${ago(8)}'), ('b', 'welcome', 'uncertain', '${ago(9)}', '${ago(9)}', '${ago(8)}'), ('c', 'goodbye', 'uncertain', '${ago(9)}', '${ago(9)}', '${ago(8)}')`,
      );
    },
    "a quota that is nearly used up": () =>
      run(`INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at)
        SELECT key, 'welcome', 'accepted', '${ago(1)}', '${ago(1)}', '${ago(1)}' FROM json_each('[${"1,".repeat(2900)}1]')`),
    notices: () =>
      run(
        `INSERT INTO notices (id, title, body, at) VALUES ('x', 'Самовар', 'Сделайте: \`npm run newsletter -- --remote\`.', '${ago(9)}'), ('twice x', 'Дважды', 'Дважды.', '${ago(9)}')`,
      ),
  };

  test.each(Object.keys(cases))("%s", async (name) => {
    await run(`INSERT INTO newsletter (id, began_at, seen_at) VALUES (1, '${ago(9000)}', '${ago(0.1)}')`);
    if (/restore|cron/.test(name)) await run("DELETE FROM newsletter");
    await cases[name]?.();
    const page = await see(open, href.desk());
    expect(page.body).toContain('id="decision-1"');
    await expectMarked(page);
  });

  test.each([
    [chapter, '["old/song"]'],
    ["samovar/samovar", '["old/song", "old/tea"]'],
    [chapter, '["old/a", "old/b", "old/c", "old/d"]'],
    [chapter, "[]"],
  ])("whether %s is new, or one of %s", async (place, mayBe) => {
    await run(
      `INSERT INTO chapter_questions (place, may_be, asked_at) VALUES ('${place}', '${mayBe}', '${ago(9)}')`,
      `INSERT INTO publications (chapter_id, place, published_at, recorded_at) VALUES ('old/song', 'old/verse', '${ago(999)}', '')`,
    );
    const page = await see(open, href.desk());
    await expectMarked(page);
    await expectMarked(await post(href.deskQuestions(), { token: "x" }), 403);
    const token = tokenIn((await see(open, href.deskCalendar())).body);
    await expectMarked(await post(href.deskQuestions(), { token }), 409);
    for (const answer of ["new", "old/song"]) {
      await run(`UPDATE chapter_questions SET answer = '${answer}'`);
      const note = await see(open, `${href.desk()}?answered=${place}`);
      expect(note.body).toContain('role="status"');
      await expectMarked(note);
    }
  });
});

describe("the calendar", () => {
  test.each(["2026-01-20T08:00:00Z", "2026-02-01T08:00:00Z", "2026-02-03T08:00:00Z"])("on %s", async (day) => {
    await expectMarked(await see(open, href.deskCalendar(), { now: day }));
    await expectMarked(await see(closed, href.deskCalendar(), { now: day }));
  });

  test("a link to share, and none without a key", async () => {
    const token = tokenIn((await see(open, href.deskCalendar())).body);
    await expectMarked(await post(href.deskPreview(), { token, chapter: "samovar/polish", days: "7" }));
    await expectMarked(await see(closed, href.deskPreview("samovar/polish")), 409);
  });
});

describe("at the door", () => {
  test("whoever is not the author, and whoever cannot be asked", async () => {
    await expectMarked(await open.get("/desk/"), 403);
    await expectMarked(await open.get("https://samovar.example/desk/"), 404);
    await using down = await openMarkedWorld({ now, settings: accessSettings });
    await expectMarked(await see(down, "/desk/"), 503);
  });

  test("a form from elsewhere", async () => {
    const answer = await post(href.deskNotices(), {}, "https://evil.example");
    expect([answer.status, answer.body]).toEqual([403, `⟦${en.desk.forms.foreign}⟧\n`]);
  });
});
