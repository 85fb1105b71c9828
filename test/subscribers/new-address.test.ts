/** Tests changes of address: confirmed at the new one, announced at the old one, without revealing who else is subscribed. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { after, lastMail, linkIn, type NewsletterWorld, openNewsletterWorld } from "../newsletter/newsletter-world.ts";

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await openNewsletterWorld();
});
afterAll(() => newsletter[Symbol.asyncDispose]());
beforeEach(() => {
  newsletter.resend.mails.length = 0;
});

const rowOf = async (id: string) => (await newsletter.rows(`SELECT * FROM subscribers WHERE id = '${id}'`))[0];
const mailTo = (address: string) =>
  newsletter.resend.mails.find(({ to }) => to[0] === address) ?? lastMail(newsletter.resend);
const change = (preferences: string, email: string) => newsletter.post(preferences, { act: "address", email });

test("confirmed there, told to the old one", async () => {
  const { id, preferences } = await newsletter.join("old@example.org");
  await change(preferences, "New@example.org");
  expect(newsletter.resend.mails.map(({ to }) => to[0]).sort()).toEqual(["New@example.org", "old@example.org"]);
  const link = linkIn(mailTo("New@example.org"), "address");
  expect((await newsletter.world.get(link)).status).toBe(200);
  expect(await rowOf(id)).toMatchObject({ email: "old@example.org" });
  expect((await newsletter.post(link, {})).body).toContain("<h1>Email address changed</h1>");
  expect(await rowOf(id)).toMatchObject({
    email: "New@example.org",
    address_key: "new@example.org",
    state: "confirmed",
  });
  expect((await newsletter.post(link, {})).status).toBe(200);
  // The notice at the old address allows undoing the change, so its links stay valid.
  expect((await newsletter.world.get(preferences)).status).toBe(200);
});

test("only the last address that was asked for can be confirmed, for two days", async () => {
  const { id, preferences } = await newsletter.join("twice@example.org");
  await change(preferences, "first@example.org");
  await change(preferences, "second@example.org");
  expect((await newsletter.post(linkIn(mailTo("first@example.org"), "address"), {})).status).toBe(404);
  const link = linkIn(mailTo("second@example.org"), "address");
  expect((await newsletter.world.get(preferences, { now: after(47) })).body).toContain("second@example.org");
  expect((await newsletter.post(link, {}, { now: after(49) })).status).toBe(404);
  expect((await newsletter.world.get(preferences, { now: after(49) })).body).not.toContain("second@example.org");
  expect(await rowOf(id)).toMatchObject({ email: "twice@example.org" });
});

test("an address whose owner had everything erased can be moved to, because it is confirmed there", async () => {
  const erased = await newsletter.join("begins-anew@example.org");
  await newsletter.post(erased.preferences, { act: "erase", sure: "yes" });
  const { id, preferences } = await newsletter.join("has-two@example.org");
  await change(preferences, "begins-anew@example.org");
  expect((await newsletter.post(linkIn(mailTo("begins-anew@example.org"), "address"), {})).body).toContain(
    "<h1>Email address changed</h1>",
  );
  expect(await rowOf(id)).toMatchObject({ email: "begins-anew@example.org", state: "confirmed" });
  expect(await newsletter.rows("SELECT * FROM suppressions")).toEqual([]);
});

test("taken by somebody else after the link was mailed", async () => {
  const { id, preferences } = await newsletter.join("mover@example.org");
  await change(preferences, "soon@example.org");
  const link = linkIn(mailTo("soon@example.org"), "address");
  await newsletter.join("soon@example.org");
  expect((await newsletter.post(link, {})).status).toBe(404);
  expect(await rowOf(id)).toMatchObject({ email: "mover@example.org" });
});

test("whether an address is known here shows nowhere but in its own inbox", async () => {
  await newsletter.join("is-confirmed@example.org");
  await newsletter.subscribe("is-waiting@example.org");
  await newsletter.post((await newsletter.join("has-left@example.org")).leave, {});
  const complained = await newsletter.join("complained@example.org");
  await newsletter.rows(
    `UPDATE subscribers SET state = 'suppressed', suppression_reason = 'complaint' WHERE id = '${complained.id}'`,
  );
  const erased = await newsletter.join("is-erased@example.org");
  await newsletter.post(erased.preferences, { act: "erase", sure: "yes" });
  const bounced = await newsletter.join("bounced@example.org");
  await newsletter.rows(
    `UPDATE subscribers SET state = 'suppressed', suppression_reason = 'bounce' WHERE id = '${bounced.id}'`,
  );
  await newsletter.post(bounced.preferences, { act: "erase", sure: "yes" });

  const names = ["nobody", "is-confirmed", "is-waiting", "has-left", "complained", "is-erased", "bounced"];
  const seen: unknown[] = [];
  const mailed: [string, string[]][] = [];
  for (const [index, name] of names.entries()) {
    const { id, preferences } = await newsletter.join(`curious${index}@example.org`);
    const address = `${name}@example.org`;
    const answer = await change(preferences, address);
    const notice = mailTo(`curious${index}@example.org`);
    mailed.push([name, newsletter.resend.mails.filter(({ to }) => to[0] === address).map(({ subject }) => subject)]);
    const pages = await Promise.all([
      newsletter.world.get(`${preferences}?done=address`),
      newsletter.world.get(`${preferences}/data`),
    ]);
    const known = [answer.headers.get("location"), notice.subject, notice.text, ...pages.map(({ body }) => body)];
    const own = [id, preferences.split("/").at(-1) ?? "", `curious${index}`, name];
    const tokens = /[0-9a-f-]{36}\.[0-9a-f]{32}|preferences\.[\w.-]+/g;
    seen.push(
      known.map((text) => {
        const told = (text ?? "").replace(tokens, "…").replace(/\s+/g, " ");
        return own.reduce((rest, word) => rest.replaceAll(word, "…"), told);
      }),
    );
  }
  for (const one of seen) expect(one).toEqual(seen[0]);
  const move = "Please confirm your new address for The Tea Shelf";
  expect(mailed).toEqual([
    ["nobody", [move]],
    ["is-confirmed", ["You are already subscribed to The Tea Shelf"]],
    // Both have a subscription that can be confirmed.
    ["is-waiting", ["Please confirm: new chapters of The Tea Shelf"]],
    ["has-left", ["Please confirm: new chapters of The Tea Shelf"]],
    ["complained", []],
    ["is-erased", [move]],
    ["bounced", []],
  ]);
});

test("what is no address is refused, and nothing is mailed", async () => {
  const { preferences } = await newsletter.join("form@example.org");
  expect((await change(preferences, "no address")).headers.get("location")).toBe(`${preferences}?done=no-address`);
  expect(newsletter.resend.mails).toEqual([]);
});
