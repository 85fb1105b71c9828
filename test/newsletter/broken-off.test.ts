/** Tests requests interrupted by a database failure: no partial changes, and a retry completes them. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { after, lastMail, linkIn, type NewsletterWorld, openNewsletterWorld, seen } from "./newsletter-world.ts";

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await openNewsletterWorld();
});
afterAll(() => newsletter[Symbol.asyncDispose]());
beforeEach(() => {
  newsletter.resend.mails.length = 0;
});

/** Renames the table while `work` runs, so every statement on it fails. */
async function without<T>(table: string, work: () => Promise<T>): Promise<T> {
  await newsletter.rows(`ALTER TABLE ${table} RENAME TO mislaid`);
  try {
    return await work();
  } finally {
    await newsletter.rows(`ALTER TABLE mislaid RENAME TO ${table}`);
  }
}

const stateOf = async (email: string) =>
  (await newsletter.rows<{ state: string }>(`SELECT state FROM subscribers WHERE email = '${email}'`))[0]?.state;
const actsOf = async (email: string) =>
  (
    await newsletter.rows<{ act: string }>(
      `SELECT act FROM consents WHERE subscriber_id = (SELECT id FROM subscribers WHERE email = '${email}') ORDER BY id`,
    )
  ).map(({ act }) => act);

test("nobody is confirmed without the record of it", async () => {
  await newsletter.subscribe("ada@example.org");
  const link = linkIn(lastMail(newsletter.resend), "confirm");
  const failed = await without("consents", () => newsletter.post(link, {}));
  expect([failed.status, failed.body.includes("Something went wrong")]).toEqual([500, true]);
  expect(await stateOf("ada@example.org")).toBe("pending");
  expect((await newsletter.post(link, {})).body).toContain("You are subscribed");
  expect(await actsOf("ada@example.org")).toEqual(["requested", "confirmed"]);
});

test("a welcome that could not be written is made good by the next click, once", async () => {
  await newsletter.subscribe("bea@example.org");
  const link = linkIn(lastMail(newsletter.resend), "confirm");
  newsletter.resend.mails.length = 0;
  expect((await without("letters", () => newsletter.post(link, {}))).status).toBe(500);
  expect(await stateOf("bea@example.org")).toBe("confirmed");
  for (let click = 0; click < 3; click += 1) expect((await newsletter.post(link, {})).status).toBe(200);
  expect(newsletter.resend.mails.map(({ to, subject }) => [to[0], subject])).toEqual([
    ["bea@example.org", "Welcome to The Tea Shelf"],
  ]);
  expect(await actsOf("bea@example.org")).toEqual(["requested", "confirmed"]);
});

test("nobody leaves, comes back or moves without the record of it", async () => {
  const { leave, preferences } = await newsletter.join("cleo@example.org");
  await newsletter.post(preferences, { act: "address", email: "cleo2@example.org" });
  const move = linkIn(
    newsletter.resend.mails.find(({ to }) => to[0] === "cleo2@example.org") ?? lastMail(newsletter.resend),
    "address",
  );
  expect((await without("consents", () => newsletter.post(move, {}))).status).toBe(500);
  expect((await without("consents", () => newsletter.post(leave, {}))).status).toBe(500);
  expect(await stateOf("cleo@example.org")).toBe("confirmed");
  await newsletter.post(leave, { by: "page" });
  const back = linkIn(lastMail(newsletter.resend), "return");
  const now = after(24);
  expect((await without("consents", () => newsletter.post(back, {}, { now }))).status).toBe(500);
  expect(await stateOf("cleo@example.org")).toBe("unsubscribed");
  await newsletter.post(back, {}, { now });
  await newsletter.post(move, {});
  expect(await actsOf("cleo2@example.org")).toEqual(["requested", "confirmed", "left", "returned", "address-changed"]);
});

test("the answer to a form asks nothing about the address: it is there before anybody is looked up", async () => {
  await newsletter.join("known@example.org");
  for (const path of [href.subscribe(), href.preferencesLink()]) {
    const answers = [];
    for (const email of ["known@example.org", "unknown@example.org"]) {
      answers.push(seen(await newsletter.post(path, { email, page: "/" })));
      for (const table of ["subscribers", "consents", "letters", "suppressions"]) {
        answers.push(
          seen(await without(table, () => newsletter.post(path, { email: `x-${table}-${email}`, page: "/" }))),
        );
      }
    }
    expect(answers[0]?.status).toBe(303);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  }
});

test("a page that is only read needs no table but the subscribers'", async () => {
  const { preferences, leave } = await newsletter.join("dora@example.org");
  for (const table of ["consents", "letters", "limits", "suppressions"]) {
    for (const path of [preferences, leave, href.newsletter()]) {
      expect([table, path, (await without(table, () => newsletter.world.get(path))).status]).toEqual([
        table,
        path,
        200,
      ]);
    }
  }
});

test("a setting that keeps even letters from leaving is told to the author once, with no chapter due", async () => {
  await using closed = await openNewsletterWorld({ AUTHOR_EMAIL: "author@library.example" });
  const refusal = {
    status: 403,
    body: { name: "validation_error", message: "The library.example domain is not verified" },
  };
  const refuse = () => closed.resend.troubles.push({ kind: "answer", ...refusal });
  const told = () => closed.rows("SELECT id, resolved_at FROM notices");
  await closed.world.tick(after(0));
  refuse();
  await closed.subscribe("early@example.org");
  expect(await told()).toEqual([]);
  for (const hours of [1, 2]) {
    refuse();
    await closed.world.tick(after(hours));
  }
  expect(await told()).toEqual([{ id: "misconfigured", resolved_at: null }]);
  expect(closed.resend.mails).toEqual([]);
  closed.resend.troubles.length = 0;
  for (const hours of [3, 4]) await closed.world.tick(after(hours));
  expect(closed.resend.mails.map(({ to }) => to[0]).sort()).toEqual(["author@library.example", "early@example.org"]);
  expect(await told()).toEqual([{ id: "misconfigured", resolved_at: expect.any(String) }]);
});
