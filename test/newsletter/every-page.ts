/** Every page of the newsletter, with everything that it can say, as one reader after another meets them. */
import { href } from "../../src/routes.ts";
import { maxPerNetwork } from "../../src/subscribers/limits.ts";
import { en } from "../../src/ui/words/en.ts";
import { after, lastMail, linkIn, type NewsletterWorld } from "./newsletter-world.ts";

export type Pages = Map<string, string>;

/** With the usual settings. */
export async function everyPage(newsletter: NewsletterWorld): Promise<Pages> {
  const pages: Pages = new Map();
  await subscribing(newsletter, pages);
  await preferences(newsletter, pages);
  await leaving(newsletter, pages);
  await refusals(newsletter, pages);
  return pages;
}

async function subscribing(newsletter: NewsletterWorld, pages: Pages): Promise<void> {
  const get = async (path: string) => (await newsletter.world.get(path)).body;
  const post = async (path: string, fields: Record<string, string> = {}) => (await newsletter.post(path, fields)).body;
  pages.set("newsletter", await get(href.newsletter()));
  pages.set("promise", await get(href.promise()));
  pages.set("check inbox", await get(href.checkInbox()));
  pages.set("link sent", await get(href.linkSent()));
  pages.set("a new link", await get(href.preferencesLink()));
  pages.set("a new link, mistyped", await post(href.preferencesLink(), { email: "ada@" }));
  pages.set("mistyped", await post(href.subscribe(), { email: "ada@", page: "/tea/cooling" }));
  pages.set("archive", await get(href.archive()));
  pages.set("archive, another year", await get(href.archive("2020")));
  pages.set("archive, no such edition", await get(href.archivedEdition("each_tea_leaves")));
  pages.set("webhook", await get(href.webhook()));
  await newsletter.subscribe("new@example.org");
  const confirm = linkIn(lastMail(newsletter.resend), "confirm");
  pages.set("confirm", await get(confirm));
  pages.set("confirmed", await post(confirm));
  pages.set("confirmed before", await post(confirm));
  pages.set("bad link", await get(href.confirm("k1.c.x")));
}

async function preferences(newsletter: NewsletterWorld, pages: Pages): Promise<void> {
  const { id, preferences: path } = await newsletter.join("ada@example.org");
  const get = async () => (await newsletter.world.get(path)).body;
  const [book] = newsletter.world.manifest.books;
  for (const note of Object.keys(en.preferences.notes))
    pages.set(`preferences: ${note}`, (await newsletter.world.get(`${path}?done=${note}`)).body);
  await newsletter.post(path, { act: "save", frequency: "weekly", which: "chosen", books: book?.slug ?? "" });
  pages.set("preferences, weekly", await get());
  await newsletter.post(path, { act: "pause", until: "2026-04-30" });
  pages.set("preferences, paused", await get());
  await newsletter.post(path, { act: "address", email: "countess@example.org" });
  pages.set("preferences, a new address", await get());
  const address = linkIn(
    newsletter.resend.mails.find(({ to }) => to[0] === "countess@example.org") ?? lastMail(newsletter.resend),
    "address",
  );
  pages.set("new address", (await newsletter.world.get(address)).body);
  pages.set("address moved", (await newsletter.post(address, {})).body);
  pages.set("own data, nobody's", (await newsletter.world.get(href.ownData("k1.p.x"))).body);
  await newsletter.rows(`UPDATE subscribers SET state = 'suppressed', suppressed_at = '2026-03-01T12:00:00.000Z',
    suppression_reason = 'bounce' WHERE id = '${id}'`);
  pages.set("preferences, bounced", await get());
  await newsletter.rows(`UPDATE subscribers SET suppression_reason = 'complaint' WHERE id = '${id}'`);
  pages.set("preferences, complained", await get());
  pages.set("erased", (await newsletter.post(path, { act: "erase", sure: "yes" })).body);

  const asked = await newsletter.join("pending@example.org");
  await newsletter.rows(`UPDATE subscribers SET state = 'pending', confirmation = 'x', confirmed_at = NULL
    WHERE id = '${asked.id}'`);
  pages.set("preferences, pending", (await newsletter.world.get(asked.preferences)).body);
}

async function leaving(newsletter: NewsletterWorld, pages: Pages): Promise<void> {
  const { leave, preferences: path } = await newsletter.join("leaver@example.org");
  pages.set("unsubscribe", (await newsletter.world.get(leave)).body);
  pages.set("unsubscribed", (await newsletter.post(leave, { by: "page" })).body);
  pages.set("unsubscribed, long ago", (await newsletter.world.get(leave, { now: after(24 * 60) })).body);
  pages.set(
    "reason sent",
    (await newsletter.post(href.unsubscribeReason(leave.split("/").at(-1) ?? ""), { why: "Too much" })).body,
  );
  pages.set("preferences, unsubscribed", (await newsletter.world.get(path)).body);
  const back = linkIn(lastMail(newsletter.resend), "return");
  pages.set("come back", (await newsletter.world.get(back)).body);
  pages.set("came back", (await newsletter.post(back, {})).body);
  pages.set("nobody's leave link", (await newsletter.world.get(href.unsubscribe("x"))).body);
}

async function refusals(newsletter: NewsletterWorld, pages: Pages): Promise<void> {
  const large = { body: `email=${"a".repeat(20_000)}` };
  pages.set("too large", (await newsletter.world.get(href.subscribe(), { method: "POST", ...large })).body);
  const headers = { "cf-connecting-ip": "203.0.113.9" };
  for (let index = 0; index < maxPerNetwork; index += 1) {
    await newsletter.subscribe(`flood${index}@example.org`, { headers });
  }
  pages.set("too many", (await newsletter.subscribe("more@example.org", { headers })).body);
  const soon = { headers, now: after(23.2) };
  pages.set("too many, soon over", (await newsletter.subscribe("more@example.org", soon)).body);
  const last = { headers, now: after(23.995) };
  pages.set("too many, over in a minute", (await newsletter.subscribe("more@example.org", last)).body);
}

/** What other settings show. `open`: a world with those. */
export async function pagesOfSettings(
  open: (settings: Readonly<Record<string, string>>) => Promise<NewsletterWorld>,
): Promise<Pages> {
  const pages: Pages = new Map();
  {
    await using closed = await open({ MAIL_FROM: "" });
    pages.set("closed", (await closed.world.get(href.newsletter())).body);
    pages.set("nobody's leave link, closed", (await closed.world.get(href.unsubscribe("x"))).body);
  }
  {
    await using checked = await open({ TURNSTILE_SITE_KEY: "site", TURNSTILE_SECRET: "secret" });
    pages.set("spam check", (await checked.world.get(href.newsletter())).body);
    pages.set("spam check failed", (await checked.subscribe("ada@example.org")).body);
  }
  {
    await using full = await open({ MAIL_QUOTA: "30/900" });
    for (let index = 0; index < 8; index += 1) await full.subscribe(`stranger${index}@example.org`);
    pages.set("share used", (await full.subscribe("reader@example.org")).body);
  }
  return pages;
}
