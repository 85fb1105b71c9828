/** Editions from news to settled copies: the engine on a real D1, with a provider that can be told to misbehave. */
import { expect, test } from "vitest";
import { catalogueAt } from "../../src/library/catalogue.ts";
import type { Mailer, Message, Outcome } from "../../src/mail/mailer.ts";
import { iso, openDatabase, type PostRoom } from "../../src/newsletter/post-room.ts";
import { runNewsletter } from "../../src/newsletter/run.ts";
import { marks } from "../../src/newsletter/template.ts";
import { openWorld, type World } from "../world.ts";
import { signingKeys } from "./house.ts";

/** Takes each key once, like Resend; `answers` come instead of, or with `taken` after, taking what is posted. */
function createProvider() {
  const taken = new Map<string, { body: string; outcome: Outcome }>();
  const copies: Message[] = [];
  const answers: { outcome: Outcome; taken: boolean }[] = [];
  const mailer: Mailer = {
    async sendBatch(key, pieces) {
      const body = pieces.join("");
      const instead = answers.shift();
      if (instead && !instead.taken) return instead.outcome;
      const known = taken.get(key);
      if (known && known.body !== body) return { kind: "conflict", reason: "409" };
      const messages = JSON.parse(body) as Message[];
      const outcome: Outcome = known?.outcome ?? {
        kind: "accepted",
        results: messages.map((_, index) => ({ id: `${key}_${index}` })),
      };
      if (!known) {
        taken.set(key, { body, outcome });
        copies.push(...messages);
      }
      return instead?.outcome ?? outcome;
    },
  };
  return { mailer, copies, answers };
}

async function openPostRoom(world: World) {
  const provider = createProvider();
  const told: string[] = [];
  const database = await world.database();
  const shelf = await world.shelf();
  const run = async (at: string): Promise<void> => {
    const now = Date.parse(at);
    const catalogue = catalogueAt(now, world.manifest);
    const known = new Set([...catalogue.places.values()].map(({ book, chapter }) => `${book.slug}/${chapter.id}`));
    const room: PostRoom = {
      db: openDatabase(database),
      kv: shelf,
      templates: new Map(),
      mailer: provider.mailer,
      now: () => now,
      keys: signingKeys,
      mailsPerRun: 500,
      pace: async () => {},
      isPublic: (chapter) => known.has(chapter),
      compose: async (edition, _, chapters) => ({
        from: "letters@library.example",
        to: [marks.to],
        subject: chapters.join(),
        html: `<a href="${marks.leave}">$&</a>`,
        text: marks.preferences,
        tags: [
          { name: "edition", value: edition },
          { name: "subscriber", value: marks.subscriber },
        ],
      }),
      tell: async (title) => void told.push(title),
    };
    await runNewsletter(room, catalogue);
  };
  const join = async (count: number, confirmedAt: string): Promise<void> => {
    await database
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
         INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at)
         SELECT printf('s%05d', i), 'r' || i || '@example.org', 'r' || i || '@example.org', 'confirmed', 'k', ?2, ?2 FROM n`,
      )
      .bind(count, confirmedAt)
      .run();
  };
  const states = async () =>
    Object.fromEntries(
      (
        await database
          .prepare("SELECT state, COUNT(*) AS count FROM deliveries GROUP BY state ORDER BY state")
          .all<{ state: string; count: number }>()
      ).results.map(({ state, count }) => [state, count]),
    );
  const addresses = () => provider.copies.map(({ to }) => to[0]);
  return { ...provider, told, run, join, states, addresses, database, shelf };
}

/** Before "cooling" comes due on 2 February. */
const before = "2026-01-20T00:00:00Z";
const due = Date.parse("2026-02-02T08:30:00Z");
const minutes = (count: number): string => iso(due + count * 60_000);

test("the first run mails nothing; a chapter that comes due goes to each reader once, however often cron runs", async () => {
  await using world = await openWorld();
  const post = await openPostRoom(world);
  await post.join(250, before);
  await post.run(before);
  await post.run("2026-01-20T00:05:00Z");
  expect(post.copies).toEqual([]);

  await Promise.all([post.run(minutes(0)), post.run(minutes(0)), post.run(minutes(0))]);
  for (const minute of [5, 10, 15]) await post.run(minutes(minute));
  expect([post.copies.length, new Set(post.addresses()).size]).toEqual([250, 250]);
  expect(await post.states()).toEqual({ accepted: 250 });
  expect(post.copies[0]).toMatchObject({
    subject: "tea/cooling",
    html: expect.stringMatching(/^<a href="s\d{5}\.k">\$&<\/a>$/),
    text: expect.stringMatching(/^preferences\.s\d{5}\./),
  });
  expect(await post.database.prepare("SELECT state FROM editions").all()).toMatchObject({
    results: [{ state: "done" }],
  });
}, 60_000);

test("an answer that got lost is asked for again under its key; who has left by then, and those before the first attempt, differ", async () => {
  await using world = await openWorld();
  const post = await openPostRoom(world);
  await post.join(3, before);
  await post.run(before);
  post.answers.push({ outcome: { kind: "later", seconds: 60, reason: "429" }, taken: false });
  await post.run(minutes(0));
  await post.database
    .prepare("UPDATE subscribers SET state = 'unsubscribed', left_at = ? WHERE id = 's00002'")
    .bind(minutes(1))
    .run();
  post.answers.push({ outcome: { kind: "unknown", reason: "cut off" }, taken: true });
  await post.run(minutes(5));
  expect(await post.states()).toEqual({ sending: 2, skipped: 1 });
  await post.run(minutes(10));
  await post.run(minutes(15));
  expect(post.addresses()).toEqual(["r1@example.org", "r3@example.org"]);
  expect(await post.states()).toEqual({ accepted: 2, skipped: 1 });
}, 60_000);

test("a batch that is turned away is halved until the bad copy stands alone", async () => {
  await using world = await openWorld();
  const post = await openPostRoom(world);
  await post.join(4, before);
  await post.run(before);
  const refused = { outcome: { kind: "refused", reason: "422" } as const, taken: false };
  post.answers.push(refused);
  await post.run(minutes(0));
  post.answers.push(refused);
  await post.run(minutes(5));
  post.answers.push(refused);
  for (const minute of [10, 15, 20]) await post.run(minutes(minute));
  expect(await post.states()).toEqual({ accepted: 3, failed: 1 });
  expect(new Set(post.addresses()).size).toBe(3);
}, 60_000);

test("an outcome still unknown after the life of the key is uncertain: the author is told, nobody is mailed again", async () => {
  await using world = await openWorld();
  const post = await openPostRoom(world);
  await post.join(2, before);
  await post.run(before);
  post.answers.push({ outcome: { kind: "unknown", reason: "cut off" }, taken: true });
  await post.run(minutes(0));
  await post.run(minutes(24 * 60));
  await post.run(minutes(25 * 60));
  expect(await post.states()).toEqual({ uncertain: 2 });
  expect([post.copies.length, post.told]).toEqual([2, ["Some copies may not have arrived"]]);
}, 60_000);

test("a database set back to an earlier hour stops the mailing and asks", async () => {
  await using world = await openWorld();
  const post = await openPostRoom(world);
  await post.join(2, before);
  await post.run(before);
  await post.run(minutes(0));
  expect(post.copies.length).toBe(2);
  // As it was before the chapter came due.
  await post.database.batch(
    [
      "DELETE FROM deliveries",
      "DELETE FROM batches",
      "DELETE FROM editions",
      "DELETE FROM publications WHERE chapter_id = 'tea/cooling'",
      "UPDATE newsletter SET sealed_batches = 0",
    ].map((statement) => post.database.prepare(statement)),
  );
  for (const minute of [30, 35, 10 * 24 * 60, 40 * 24 * 60]) await post.run(minutes(minute));
  expect(post.copies.length).toBe(2);
  expect(post.told).toContain("A mailing waits for your word");
  const { results } = await post.database.prepare("SELECT state FROM editions WHERE audience = 'each'").all();
  expect(results).toEqual([{ state: "stopped" }]);
}, 60_000);
