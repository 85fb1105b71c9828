/** Tests the exact output of `npm run newsletter`: the list, one edition, and names that are not found. */
import { expect, test } from "vitest";
import { announce, type Dialogue, dismiss, goOn, list, show } from "../../../src/cli/editions/dialogue.ts";
import { openPaperDatabase, type PaperDatabase } from "./paper-database.ts";

const dialogue = ({ execute }: PaperDatabase, target: Dialogue["target"] = "remote"): Dialogue => ({
  execute,
  target,
  now: "2026-02-02T09:00:00.000Z",
  paint: (text) => text,
  tell: () => {},
  confirm: async () => "no",
});

/** The lines of an indented text. */
const lines = (text: string): string => {
  const all = text.replace(/^\n|\n *$/g, "").split("\n");
  const margin = Math.min(...all.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return all.map((line) => line.slice(margin)).join("\n");
};

const subscribers = (from: number, to: number, frequency = "each", pausedUntil = "NULL") => `
  INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at, frequency, paused_until)
    WITH RECURSIVE n(i) AS (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to})
    SELECT printf('s%05d', i), 'r' || i || '@example.org', 'r' || i, 'confirmed', 'k', '', '2026-01-01', '${frequency}', ${pausedUntil} FROM n;`;
const copies = (edition: string, chapter: string, from: number, to: number, state: string, reason = "NULL") => `
  INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
    SELECT '${chapter}', id, '${edition}', '${state}', ${reason}, '' FROM subscribers
    WHERE id BETWEEN printf('s%05d', ${from}) AND printf('s%05d', ${to});`;
const batch = (id: string, edition: string, chapter: string, from: number, to: number, columns: string) =>
  `${copies(edition, chapter, from, to, "sending")}
  INSERT INTO batches (id, edition_id, members, state, sealed_at, attempts, unknown_since, next_attempt_at, error)
    SELECT '${id}', '${edition}', json_group_array(json_object('subscriber', id)), 'sealed', '', ${columns} FROM subscribers
    WHERE id BETWEEN printf('s%05d', ${from}) AND printf('s%05d', ${to});`;

/** A newsletter with an example of every state. */
function openBusyDatabase(): PaperDatabase {
  const database = openPaperDatabase();
  const rope = "each_transformers_rope";
  database.write(`
    INSERT INTO newsletter (id, began_at, hold_until, hold_reason)
      VALUES (1, '2026-01-01T00:00:00.000Z', '2026-02-03T00:05:00.000Z', 'daily_quota_exceeded');
    ${subscribers(1, 1400)} ${subscribers(1401, 1450, "weekly")} ${subscribers(1451, 1452, "monthly")}
    ${subscribers(1453, 1453, "each", "'2027-01-01T00:00:00.000Z'")}
    UPDATE subscribers SET state = 'pending', confirmed_at = NULL WHERE id = 's01452';
    INSERT INTO editions (id, audience, chapters, state, opened_at, mails, cursor, sealed_at, done_at, stopped_at, stop_reason) VALUES
      ('${rope}', 'each', '["transformers/rope"]', 'stopped', '2026-02-01T08:30:00.000Z', '[]', 's00600', NULL, NULL, '2026-02-01T09:30:00.000Z', 'conflict'),
      ('weekly_2026-02-02', 'weekly', '["transformers/rope","gnn/gat"]', 'sending', '2026-02-02T06:00:00.000Z', '[]', 's01450', '2026-02-02T06:00:00.000Z', NULL, NULL, NULL),
      ('each_gnn_gat', 'each', '["gnn/gat"]', 'done', '2026-01-09T08:30:00.000Z', '[]', 's09999', '', '2026-01-09T09:30:00.000Z', NULL, NULL),
      ('each_gnn_mpnn', 'each', '["gnn/mpnn"]', 'done', '2026-01-07T08:30:00.000Z', '[]', 's09999', '', '2026-01-07T09:30:00.000Z', NULL, 'skipped'),
      ('each_gnn_start', 'each', '["gnn/start"]', 'done', '2026-01-05T08:30:00.000Z', '[]', 's09999', '', '2026-01-05T09:30:00.000Z', NULL, NULL);
    INSERT INTO publications (chapter_id, published_at, recorded_at, announced_at, edition_id) VALUES
      ('gnn/gat', '', '', '2026-01-09T08:30:00.000Z', 'each_gnn_gat'),
      ('transformers/rope', '', '', '2026-02-01T08:30:00.000Z', '${rope}'),
      ('transformers/alibi', '', '', '2026-02-02T08:58:00.000Z', NULL), ('gnn/history', '', '', NULL, NULL);
    ${copies(rope, "transformers/rope", 1, 300, "delivered")} ${copies(rope, "transformers/rope", 301, 400, "uncertain", "'409 invalid_idempotent_request'")}
    ${copies(rope, "transformers/rope", 401, 401, "failed", "'Invalid `to` field.'")} ${copies(rope, "transformers/rope", 402, 402, "skipped", "'paused'")}
    ${batch(`${rope}/a`, rope, "transformers/rope", 403, 500, "0, NULL, '2026-02-01T09:45:00.000Z', NULL")}
    ${batch(`${rope}/b`, rope, "transformers/rope", 501, 600, "2, '2026-02-01T09:29:00.000Z', '2026-02-01T09:45:00.000Z', 'HTTP 502'")}
    UPDATE subscribers SET email = 'someone.else@example.org' WHERE id = 's00401';
    DELETE FROM subscribers WHERE id = 's00302';
    ${copies("weekly_2026-02-02", "transformers/rope", 1401, 1450, "accepted")} ${copies("weekly_2026-02-02", "gnn/gat", 1401, 1450, "accepted")}
    ${copies("each_gnn_gat", "gnn/gat", 1, 1250, "delivered")} ${copies("each_gnn_gat", "gnn/gat", 1251, 1251, "bounced", "'Permanent'")}
    ${copies("each_gnn_mpnn", "gnn/mpnn", 1, 3, "skipped", "'skipped by the author'")}
    INSERT INTO notices (id, title, body, at, resolved_at) VALUES
      ('stopped ${rope}', 'An edition has stopped', 'Is said above.', '2026-02-01T09:30:00.000Z', NULL),
      ('history gnn/history', 'Published but not emailed', 'gnn/history: dated long ago, or known under an earlier address. To email a chapter anyway: \`npm run newsletter -- announce gnn/history --remote\`.', '2026-02-01T10:00:00.000Z', NULL),
      ('quota', 'The sending quota is used up', 'Is over.', '2026-01-09T10:00:00.000Z', '2026-01-10T00:10:00.000Z');`);
  return database;
}

test("what waits for the author comes first, then what is being sent, then what was", async () => {
  using database = openBusyDatabase();
  expect((await list(dialogue(database), 2)).text).toBe(
    lines(`
      The newsletter of the deployed library

      Needs attention
        each_transformers_rope                            stopped 2026-02-01 09:30 UTC
          Resend has already seen the idempotency key of one batch with different
          content. That batch may have been delivered and is not sent again; the
          others can continue.
          898 queued, 100 being sent, 300 delivered, 1 failed, 100 may have arrived,
          1 not sent.
          continue    npm run newsletter -- continue each_transformers_rope --remote
          end         npm run newsletter -- skip each_transformers_rope --remote
          details     npm run newsletter -- show each_transformers_rope --remote

        Published but not emailed                                 2026-02-01 10:00 UTC
          gnn/history: dated long ago, or known under an earlier address. To email a
          chapter anyway: \`npm run newsletter -- announce gnn/history --remote\`.
          dismiss     npm run newsletter -- dismiss history gnn/history --remote

      Sending
        Nothing will be sent before 2026-02-03 00:05 UTC. Reason given by Resend:
        daily_quota_exceeded.
        weekly_2026-02-02                                  opened 2026-02-02 06:00 UTC
          50 sent.
        transformers/alibi: queued. The next cron run creates the edition.

      Complete
        2026-01-09  each_gnn_gat
                    1,249 delivered, 1 bounced
        2026-01-07  each_gnn_mpnn
                    ended by you: 3 not sent
        1 earlier: npm run newsletter -- --limit 3 --remote

      Subscribers
        each chapter  1,400
        weekly           50
        monthly           1
        1 of them is paused. 1 has not confirmed yet.
    `),
  );
});

test("a mailing is shown with every state and reason, and what would happen next", async () => {
  using database = openBusyDatabase();
  expect((await show(dialogue(database), "each_transformers_rope", 3)).text).toBe(
    lines(`
      each_transformers_rope                              stopped 2026-02-01 09:30 UTC

        Resend has already seen the idempotency key of one batch with different
        content. That batch may have been delivered and is not sent again; the others
        can continue.

        Nothing will be sent before 2026-02-03 00:05 UTC. Reason given by Resend:
        daily_quota_exceeded.

        for      “each chapter” subscribers
        with     transformers/rope
        opened   2026-02-01 08:30 UTC

      Recipients
        300  delivered
          1  failed: Invalid \`to\` field.
        100  may have arrived: 409 invalid_idempotent_request
          1  not sent: paused at the time
        198  in batches
        800  not processed yet

      Batches
         98  not sent yet
        100  may have been sent, first tried 2026-02-01 09:29 UTC, 2 attempts. Last
             error: HTTP 502

      Recipients to check
        may have arrived: 409 invalid_idempotent_request
          (erased)
          r301@example.org
          r303@example.org
        98 more: npm run newsletter -- show each_transformers_rope --limit 101 --remote

      If you continue
         98 subscribers  will get it: their batches have not been sent
        800 subscribers  will get it: not processed yet, and no delivery on record
        100 subscribers  may have it: retried with the same idempotency key while
                         Resend remembers it, so nobody gets it twice; after that,
                         marked uncertain
        100 subscribers  may already have it: not sent again

        continue  npm run newsletter -- continue each_transformers_rope --remote
        end       npm run newsletter -- skip each_transformers_rope --remote
    `),
  );
  expect((await show(dialogue(database), "each_gnn_mpnn", 20)).text).toBe(
    lines(`
      each_gnn_mpnn                                         ended 2026-01-07 09:30 UTC

        for      “each chapter” subscribers
        with     gnn/mpnn
        opened   2026-01-07 08:30 UTC

      Recipients
        3  not sent: you ended the edition
    `),
  );
});

test("of a mailing with several chapters, each copy in doubt is named with its chapter", async () => {
  using database = openBusyDatabase();
  database.write(
    "UPDATE deliveries SET state = 'bounced', reason = 'Permanent' WHERE subscriber_id = 's01450' AND edition_id = 'weekly_2026-02-02'",
  );
  expect((await show(dialogue(database, "local"), "weekly_2026-02-02", 20)).text).toBe(
    lines(`
      weekly_2026-02-02                                                     being sent

        Nothing will be sent before 2026-02-03 00:05 UTC. Reason given by Resend:
        daily_quota_exceeded.

        for      weekly digest subscribers
        with     transformers/rope
                 gnn/gat
        opened   2026-02-02 06:00 UTC

      Recipients
        49  sent
         1  bounced: Permanent

      Recipients to check
        bounced: Permanent
          r1450@example.org  gnn/gat
          r1450@example.org  transformers/rope
    `),
  );
});

test("before anything has happened it says what will", async () => {
  using database = openPaperDatabase();
  expect((await list(dialogue(database, "local"), 5)).text).toBe(
    lines(`
      The newsletter on this machine

      Needs attention
        Nothing.

      Sending
        The newsletter has not started. It starts with the first cron run on this
        machine: run \`npm start\` and open
        http://localhost:8787/cdn-cgi/handler/scheduled. Chapters published before
        then are not emailed; later ones are.

      Complete
        No editions yet. The next published chapter creates one automatically.

      Subscribers
        No subscribers yet. The form is on the home page, in every book and chapter,
        and at /newsletter/.
    `),
  );
  expect((await list(dialogue(database, "remote"), 5)).text).toContain(
    "  The newsletter has not started. It starts with the first cron run after\n  TOKEN_KEYS, MAIL_FROM and RESEND_API_KEY are set. Chapters published before\n  then are not emailed; later ones are.",
  );
  database.write("INSERT INTO newsletter (id, began_at) VALUES (1, '2026-01-01T00:00:00.000Z')");
  expect((await list(dialogue(database), 5)).text).toContain("Sending\n  Nothing.\n");
});

test("a notice about the library on this machine names the command for it", async () => {
  using database = openBusyDatabase();
  const { text } = await list(dialogue(database, "local"), 5);
  expect(text).toContain("`npm run newsletter -- announce gnn/history`.");
  expect(text).not.toContain("--remote");
});

test("what is mistyped is answered with what is there", async () => {
  using database = openBusyDatabase();
  const output = async (reply: Promise<{ text: string; ok: boolean }>) => {
    const { text, ok } = await reply;
    expect(ok).toBe(false);
    return text;
  };
  expect(await output(goOn(dialogue(database), "each_transformers_rop"))).toBe(
    "There is no edition `each_transformers_rop` in the deployed library. Did you\nmean `each_transformers_rope`?",
  );
  expect(await output(show(dialogue(database, "local"), "x'; DROP TABLE editions; --", 5))).toBe(
    "There is no edition `x'; DROP TABLE editions; --` on this machine. The editions:\n`weekly_2026-02-02`, `each_transformers_rope`, `each_gnn_gat`, `each_gnn_mpnn`,\n`each_gnn_start`.\nFor the deployed library, add `--remote`.",
  );
  expect(await output(announce(dialogue(database), "gnn/histry"))).toBe(
    "Chapter `gnn/histry` has not been published in the deployed library. Did you\nmean `gnn/history`?",
  );
  expect(await output(dismiss(dialogue(database), "history"))).toBe(
    "There is no notice `history` in the deployed library. The open notices:\n`history gnn/history`.",
  );
  expect(await output(dismiss(dialogue(database), "stopped each_transformers_rope"))).toBe(
    "This notice is resolved by deciding on the edition:\n`npm run newsletter -- continue each_transformers_rope --remote` or\n`npm run newsletter -- skip each_transformers_rope --remote`.",
  );
});

test("what is not there any more is not said never to have been", async () => {
  using database = openPaperDatabase();
  const readers = async () => {
    const { text } = await list(dialogue(database), 10);
    return text.split("\n\n").at(-1)?.replace(/\s+/g, " ") ?? "";
  };
  const form = "The form is on the home page, in every book and chapter, and at /newsletter/.";
  database.write("INSERT INTO newsletter (id, began_at) VALUES (1, '2026-01-01T00:00:00.000Z')");
  expect(await readers()).toContain(`No subscribers yet. ${form}`);
  database.write(`${subscribers(1, 1)} UPDATE subscribers SET state = 'pending', confirmed_at = NULL`);
  expect(await readers()).toContain(`No confirmed subscribers yet. ${form} 1 has not confirmed yet.`);
  database.write("UPDATE subscribers SET state = 'unsubscribed', left_at = '2026-01-01T00:00:00.000Z'");
  expect(await readers()).toContain(`No subscribers right now. ${form}`);
  database.write(`DELETE FROM subscribers;
    INSERT INTO suppressions (address_hash, reason, at) VALUES ('h', 'erased', '2026-01-01T00:00:00.000Z')`);
  expect(await readers(), "they had everything erased").toContain("No subscribers right now.");
  database.write(`INSERT INTO editions (id, audience, chapters, state, opened_at, mails)
    VALUES ('each_gnn_gat', 'each', '["gnn/gat"]', 'sending', '2026-02-02T06:00:00.000Z', '[]')`);
  const { text } = await list(dialogue(database), 10);
  expect(text).toContain("None is complete yet.");
  expect(text).not.toContain("No mailing yet.");
});
