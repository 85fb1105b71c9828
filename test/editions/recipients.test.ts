/** Tests that the remaining recipients shown to the author are those the engine seals for. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import { expect, test } from "vitest";
import { printStatement } from "../../src/cli/sql-text.ts";
import { openEditions } from "../../src/editions/edition.ts";
import { canBeEmailed, isAhead, wants } from "../../src/editions/recipients.ts";
import { sealNext } from "../../src/editions/sending/seal.ts";
import { openSendContext } from "../newsletter/run-context.ts";
import { openWorld } from "../world.ts";

const opened = "2026-02-02T08:30:00.000Z";
const now = "2026-02-02T09:00:00.000Z";
const Pair = v.object({ pair: v.string() });
const chapters = ["tea/cooling", "pots/clay"];

/** Every significant value, and those one millisecond away; each subscriber is one combination. */
const people = `
  WITH standing(state, left_at, suppressed_at) AS (VALUES ('pending', NULL, NULL), ('confirmed', NULL, NULL),
      ('unsubscribed', '${opened}', NULL), ('unsubscribed', '2026-02-02T08:30:00.001Z', NULL),
      ('suppressed', NULL, '${opened}'), ('suppressed', NULL, '2026-02-02T08:30:00.001Z')),
    confirmed(confirmed_at) AS (VALUES (NULL), ('2026-01-15T00:00:00.000Z'), ('2026-01-20T00:00:00.000Z'),
      ('2026-01-20T00:00:00.001Z'), ('${opened}'), ('2026-02-02T08:30:00.001Z')),
    chosen(frequency, changed_at) AS (VALUES ('each', NULL), ('each', '2026-01-02T08:30:00.000Z'),
      ('each', '2026-01-02T08:30:00.001Z'), ('weekly', NULL), ('monthly', '2026-02-01T00:00:00.000Z')),
    wish(books) AS (VALUES (NULL), ('[]'), ('["tea"]'), ('["pots","tea"]')),
    rest(paused_until) AS (VALUES (NULL), ('2026-01-31T00:00:00.000Z'), ('${now}'), ('2026-02-02T09:00:00.001Z')),
    had(chapters) AS (VALUES ('[]'), ('["tea/cooling"]'), ('["tea/cooling","pots/clay"]'))
  SELECT printf('s%05d', row_number() OVER ()) AS id, * FROM standing, confirmed, chosen, wish, rest, had`;

test.each(["each", "weekly", "monthly"] as const)(
  "whom an edition for %s has still to come to is the same for the author as for the engine",
  async (audience) => {
    await using world = await openWorld();
    const post = await openSendContext(world);
    const edition = `${audience}_test`;
    await post.execute([
      `CREATE TABLE people AS ${people}`,
      `INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at, left_at, suppressed_at,
          frequency, frequency_changed_at, books, paused_until)
        SELECT id, id, id, state, 'k', '', confirmed_at, left_at, suppressed_at, frequency, changed_at, books, paused_until FROM people`,
      `INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, changed_at)
        SELECT c.value, people.id, 'each_before', 'accepted', '' FROM people, json_each(people.chapters) c`,
      `INSERT INTO newsletter (id, began_at) VALUES (1, '2026-01-01T00:00:00.000Z')`,
      `INSERT INTO publications (chapter_id, published_at, recorded_at, announced_at)
        VALUES ('tea/cooling', '', '', '2026-01-20T00:00:00.000Z'), ('pots/clay', '', '', '2026-02-01T00:00:00.000Z')`,
      `INSERT INTO editions (id, audience, chapters, state, opened_at, mails, cursor)
        VALUES ('${edition}', '${audience}', '${JSON.stringify(chapters)}', 'sending', '${opened}', '[]', '')`,
    ]);
    const pairs = async (condition: SQL, state: string) => {
      const [foretold = [], sealed = []] = await post.execute([
        printStatement(sql`SELECT s.id || ' ' || c.value AS pair FROM editions e JOIN subscribers s ON ${isAhead} AND ${condition}
          JOIN json_each(e.chapters) c ON ${wants} WHERE e.id = ${edition} ORDER BY pair`),
        `SELECT subscriber_id || ' ' || chapter_id AS pair FROM deliveries
          WHERE edition_id = '${edition}' AND state = '${state}' ORDER BY pair`,
      ]);
      return { foretold, sealed };
    };
    // Sealing has reached one of the recipients.
    const [some = ""] = (await pairs(canBeEmailed(Date.parse(now)), "")).foretold
      .slice(10)
      .map((row) => String(v.parse(Pair, row).pair));
    await post.execute([`UPDATE editions SET cursor = '${some.split(" ")[0]}'`]);
    const mailed = (await pairs(canBeEmailed(Date.parse(now)), "")).foretold;
    const passedOver =
      audience === "each" ? (await pairs(sql`NOT (${canBeEmailed(Date.parse(now))})`, "")).foretold : [];
    expect(mailed.length).toBeGreaterThan(10);

    const context = { ...post.contextAt(now), isPublic: () => true };
    for (
      let [next] = await openEditions(context);
      next && next.sealedAt === null;
      [next] = await openEditions(context)
    ) {
      await sealNext(context, next, 2000);
    }
    expect((await pairs(sql`true`, "sending")).sealed).toEqual(mailed);
    expect((await pairs(sql`true`, "skipped")).sealed).toEqual(passedOver);
    await post.execute([`DELETE FROM deliveries`, `UPDATE editions SET cursor = ''`]);
    expect((await pairs(sql`true`, "")).foretold).toEqual([]);
  },
  60_000,
);
