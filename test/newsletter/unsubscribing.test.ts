/** Tests unsubscribing, through the page and with one click in the email client, permanently; and resubscribing. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openWorld } from "../world.ts";
import { after, lastMail, linkIn, type NewsletterWorld, openNewsletterWorld } from "./newsletter-world.ts";

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await openNewsletterWorld();
});
afterAll(() => newsletter[Symbol.asyncDispose]());
beforeEach(() => {
  newsletter.resend.mails.length = 0;
});

const stateOf = async (id: string) =>
  (await newsletter.rows<{ state: string }>(`SELECT state FROM subscribers WHERE id = '${id}'`))[0]?.state;

test("a page with a button, a goodbye by mail, and a link back in it", async () => {
  const { id, leave } = await newsletter.join("ada@example.org");
  const page = await newsletter.world.get(leave);
  expect(page.status).toBe(200);
  expect(page.body).not.toContain("ada@example.org");
  expect(page.body).toContain("the subscription of <bdi>a•••@example.org</bdi>.");
  expect(await stateOf(id)).toBe("confirmed");

  const left = await newsletter.post(leave, { by: "page" });
  expect([left.status, left.body.includes("You have unsubscribed")]).toEqual([200, true]);
  expect(await stateOf(id)).toBe("unsubscribed");
  const goodbye = lastMail(newsletter.resend);
  expect(goodbye.headers).toBeUndefined();

  // Repeated: the same answer, but no second confirmation.
  expect((await newsletter.post(leave, { by: "page" })).status).toBe(200);
  expect(newsletter.resend.mails).toHaveLength(1);

  const back = linkIn(goodbye, "return");
  expect((await newsletter.world.get(back)).status).toBe(200);
  expect(await stateOf(id)).toBe("unsubscribed");
  expect((await newsletter.post(back, {})).body).toContain("Welcome back");
  expect(await stateOf(id)).toBe("confirmed");

  // The resubscribe link is valid only for the unsubscribe it was made for.
  await newsletter.post(leave, {}, { now: after(1) });
  expect((await newsletter.post(back, {}, { now: after(1) })).status).toBe(404);
  expect(await stateOf(id)).toBe("unsubscribed");
});

test("one click from a mail provider: no origin, no cookie, urlencoded or multipart, 200 and no mail", async () => {
  for (const [index, kind] of ["urlencoded", "multipart"].entries()) {
    const { id, leave } = await newsletter.join(`one-click-${index}@example.org`);
    const answer =
      kind === "urlencoded"
        ? await newsletter.post(leave, { "List-Unsubscribe": "One-Click" })
        : await newsletter.world.get(leave, {
            method: "POST",
            headers: { "content-type": "multipart/form-data; boundary=x" },
            body: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
          });
    expect([kind, answer.status, answer.headers.get("set-cookie")]).toEqual([kind, 200, null]);
    expect(await stateOf(id)).toBe("unsubscribed");
    expect(newsletter.resend.mails).toEqual([]);
  }
});

test("a body that is no form still ends the subscription", async () => {
  const { id, leave } = await newsletter.join("no-form@example.org");
  expect((await newsletter.world.get(leave, { method: "POST", body: "%%%" })).status).toBe(200);
  expect(await stateOf(id)).toBe("unsubscribed");
});

test("the link holds years later, after the keys were changed, and with the newsletter closed", async () => {
  const { id, leave } = await newsletter.join("later@example.org");
  const [row] = await newsletter.rows<Record<string, string | null>>(`SELECT * FROM subscribers WHERE id = '${id}'`);
  for (const settings of [{ TOKEN_KEYS: `k9:${"z".repeat(40)}`, MAIL_FROM: "a@b.example", RESEND_API_KEY: "x" }, {}]) {
    await using other = await openWorld(undefined, { settings });
    const database = await other.database();
    const names = Object.keys(row ?? {});
    await database
      .prepare(`INSERT INTO subscribers (${names}) VALUES (${names.map(() => "?")})`)
      .bind(...Object.values(row ?? {}))
      .run();
    expect((await other.get(leave, { now: "2036-01-01T00:00:00Z" })).status).toBe(200);
    const left = await other.get(leave, { method: "POST", now: "2036-01-01T00:00:00Z" });
    expect([left.status, left.body.includes("You have unsubscribed")]).toEqual([200, true]);
    expect(await database.prepare("SELECT state FROM subscribers").first("state")).toBe("unsubscribed");
  }
});

test("who leaves while a letter still waits does not get it any more", async () => {
  const { leave } = await newsletter.join("impatient@example.org");
  newsletter.resend.troubles.push({ kind: "rate", retryAfter: "60" });
  await newsletter.subscribe("impatient@example.org");
  expect(newsletter.resend.mails).toEqual([]);
  await newsletter.post(leave, {});
  await newsletter.world.tick(after(1));
  expect(newsletter.resend.mails).toEqual([]);
  expect(await newsletter.rows("SELECT id FROM letters WHERE state = 'queued'")).toEqual([]);
});

test("who came back is not told that they have left, only because an old page asks why", async () => {
  const { leave } = await newsletter.join("two-tabs@example.org");
  const answer = await newsletter.post(`${leave}/why`, { why: "too many" });
  expect(answer.body).toContain("<h1>Unsubscribe</h1>");
  expect(answer.body).not.toContain("You have unsubscribed");
  const look = await newsletter.world.get(`${leave}/why`);
  expect([look.status, look.headers.get("location")]).toEqual([302, leave]);
});

test("a link whose subscription was erased says that nothing is sent", async () => {
  const { leave, preferences } = await newsletter.join("erased@example.org");
  await newsletter.post(preferences, { act: "erase", sure: "yes" });
  for (const answer of [await newsletter.world.get(leave), await newsletter.post(leave, {})]) {
    expect(answer.status).toBe(404);
    expect(answer.body).toContain("nothing more will be sent");
  }
});

test("leaving can be taken back for 30 days", async () => {
  const { leave } = await newsletter.join("undo@example.org");
  await newsletter.post(leave, { by: "page" });
  const back = linkIn(lastMail(newsletter.resend), "return");
  expect((await newsletter.post(back, {}, { now: after(30 * 24 + 1) })).status).toBe(404);
  expect((await newsletter.world.get(leave, { now: after(30 * 24 + 1) })).body).not.toContain("/newsletter/return/");
  expect((await newsletter.post(back, {}, { now: after(29 * 24) })).status).toBe(200);
});

test("why is asked once left, kept short, and needs no answer", async () => {
  const { id, leave } = await newsletter.join("why@example.org");
  await newsletter.post(`${leave}/why`, { why: "too early" });
  await newsletter.post(leave, {});
  const answer = await newsletter.post(`${leave}/why`, { why: `<b>$&</b>${"x".repeat(600)}` });
  expect(answer.body).toContain("Thank you");
  const [row] = await newsletter.rows<{ leave_reason: string }>(
    `SELECT leave_reason FROM subscribers WHERE id = '${id}'`,
  );
  expect(row?.leave_reason).toBe(`<b>$&</b>${"x".repeat(491)}`);
});
