/** Tests changes by subscribers while an edition is sealed but not sent: they apply to that edition. */
import { expect, test } from "vitest";
import { lastMail, linkIn, type Member, openNewsletterWorld } from "../newsletter/newsletter-world.ts";

const joined = "2026-01-10T00:01:00.000Z";
const due = "2026-02-02T08:30:00.000Z";
const meanwhile = { now: "2026-02-02T08:31:00.000Z" };

test("leaving, a pause, another rhythm, other books, another address, erasing: all before the mail goes out", async () => {
  await using newsletter = await openNewsletterWorld();
  const { world, resend } = newsletter;
  await world.tick("2026-01-10T00:00:00.000Z");
  const people: Record<string, Member> = {};
  for (const name of [
    "stays",
    "leaves",
    "returns",
    "pauses",
    "weekly",
    "other-books",
    "moves",
    "erases",
    "complains",
  ]) {
    people[name] = await newsletter.join(`${name}@example.org`, { now: joined });
  }
  const page = (name: string) => people[name]?.preferences ?? "";
  const leave = (name: string) => people[name]?.leave ?? "";
  // Two chapters are due and go into one email; Resend responds with a rate limit of a minute.
  resend.troubles.push({ kind: "rate", retryAfter: "60" });
  await world.tick(due);
  expect(resend.mails).toEqual([]);
  expect(await newsletter.rows("SELECT DISTINCT state FROM deliveries")).toEqual([{ state: "sending" }]);

  await newsletter.post(leave("leaves"), {}, meanwhile);
  const left = await newsletter.post(leave("returns"), {}, meanwhile);
  await newsletter.post(/action="(\/newsletter\/return\/[^"]+)"/.exec(left.body)?.[1] ?? "", {}, meanwhile);
  await newsletter.post(page("pauses"), { act: "pause", until: "2026-03-01" }, meanwhile);
  await newsletter.post(page("weekly"), { act: "save", frequency: "weekly", which: "all" }, meanwhile);
  await newsletter.rows(`UPDATE subscribers SET books = '["coffee"]' WHERE email = 'other-books@example.org'`);
  await newsletter.rows("UPDATE subscribers SET state = 'suppressed' WHERE email = 'complains@example.org'");
  await newsletter.post(page("erases"), { act: "erase", sure: "yes" }, meanwhile);
  await newsletter.post(page("moves"), { act: "address", email: "moved@example.org" }, meanwhile);
  await newsletter.post(
    linkIn(resend.mails.find(({ to }) => to[0] === "moved@example.org") ?? lastMail(resend), "address"),
    {},
    meanwhile,
  );
  resend.mails.length = 0;

  await world.tick("2026-02-02T08:35:00.000Z");
  expect(resend.mails.map(({ to }) => to[0]).sort()).toEqual([
    "moved@example.org",
    "returns@example.org",
    "stays@example.org",
  ]);
  const copies = await newsletter.rows<{ email: string; state: string; reason: string | null }>(
    `SELECT DISTINCT email, d.state, d.reason FROM subscribers s LEFT JOIN deliveries d ON d.subscriber_id = s.id ORDER BY email`,
  );
  expect(copies.map(({ email, state, reason }) => [email.split("@")[0], state, reason])).toEqual([
    ["complains", "skipped", "suppressed"],
    ["leaves", "skipped", "unsubscribed"],
    ["moved", "accepted", null],
    ["other-books", "skipped", "book not wanted"],
    ["pauses", "skipped", "paused"],
    ["returns", "accepted", null],
    ["stays", "accepted", null],
    // The next digest includes it.
    ["weekly", null, null],
  ]);
  // Monday's digest includes the chapters of the week so far.
  resend.mails.length = 0;
  await world.tick("2026-02-09T06:05:00.000Z");
  expect(resend.mails.map(({ to }) => to[0])).toEqual(["weekly@example.org"]);
});
