/** Tests the archive as a reader: every email leads to its own page there, which shows the email without anything personal. */
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "../../src/mail/mailer.ts";
import { href } from "../../src/routes.ts";
import { bookFolder } from "../world.ts";
import { type NewsletterWorld, openNewsletterWorld } from "./newsletter-world.ts";

let folder: string;
let newsletter: NewsletterWorld;
let chapter: Message;
let digest: Message;
const people = { ada: "ada@example.org", bob: "bob@example.org" };
const ids: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "archive-"));
  cpSync(bookFolder("tea"), folder, { recursive: true });
  appendFileSync(join(folder, "content/tea/cold-brew.md"), "\nSlowly: $\\frac{1}{2}$ of it in six hours.\n");
  newsletter = await openNewsletterWorld(
    { COUNT_MAIL_CLICKS: "yes", POSTAL_ADDRESS: "1 Samovar Street, Tula" },
    folder,
  );
  const { world, resend } = newsletter;
  await world.tick("2026-03-01T12:00:00.000Z");
  const ada = await newsletter.join(people.ada);
  const bob = await newsletter.join(people.bob);
  ids.push(ada.id, bob.id);
  await newsletter.post(bob.preferences, { act: "save", frequency: "weekly", which: "all" });
  for (const now of ["2030-06-01T12:05:00.000Z", "2030-06-03T06:05:00.000Z"]) await world.tick(now);
  const mailTo = (address: string) => resend.mails.find(({ to }) => to[0] === address) as Message;
  chapter = mailTo(people.ada);
  digest = mailTo(people.bob);
});
afterAll(async () => {
  await newsletter[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const linkIn = (text: string): string =>
  /https:\/\/library\.example(\/newsletter\/archive\/[^\s"]+)/.exec(text)?.[1] ?? "";
const get = (path: string) => newsletter.world.get(path, { now: "2030-06-04T00:00:00Z", cold: true });
const personal = () =>
  new RegExp(
    [
      ...Object.values(people),
      ...ids,
      "/newsletter/(leave|preferences)/",
      "\0",
      "from=newsletter",
      "Samovar Street",
    ].join("|"),
    "i",
  );

test("a chapter's email and a digest lead to the email as it was, in both of their parts", async () => {
  for (const { subject, html, text } of [chapter, digest]) {
    const path = linkIn(text);
    expect(path).toMatch(/^\/newsletter\/archive\/(each|weekly)_[^/]+\/[0-9a-f]{12}$/);
    expect(html).toContain(`href="https://library.example${path}"`);
    expect(text).toContain(`Read this email in your browser:\nhttps://library.example${path}\n`);
    const page = await get(path);
    expect([page.status, page.headers.get("cache-control"), page.headers.get("x-robots-tag")]).toEqual([
      200,
      "public, max-age=300",
      "noindex",
    ]);
    expect(page.body).toContain(`<h1>${subject}</h1>`);
    expect(page.body).toContain(`src="${path}/email"`);
    expect(page.headers.get("content-security-policy")).toContain("frame-src 'self'");
    const email = await get(`${path}/email`);
    expect(email.status).toBe(200);
    expect(email.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
    const bodyOf = (mail: string) =>
      mail.slice(mail.indexOf("<body"), mail.lastIndexOf('class="ml-rule ml-soft"')).replaceAll("?from=newsletter", "");
    expect(bodyOf(email.body).length).toBeGreaterThan(500);
    expect(bodyOf(email.body)).toBe(bodyOf(html));
  }
});

test("nothing personal is in it, and no mark that counts clicks", async () => {
  expect(personal().test(chapter.html)).toBe(true);
  expect(personal().test(digest.html)).toBe(true);
  for (const path of [linkIn(chapter.text), linkIn(digest.text)])
    for (const each of [path, `${path}/email`, href.archive()])
      expect([each, personal().exec((await get(each)).body)?.[0]]).toEqual([each, undefined]);
});

test("the images of an email are shown there, from this library only", async () => {
  const { body } = await get(`${linkIn(chapter.text)}/email`);
  const images = [...body.matchAll(/<img[^>]* src="([^"]*)"/g)].map(([, url = ""]) => url);
  expect(images.length).toBeGreaterThan(0);
  for (const url of images)
    expect([url, (await get(url.replace("https://library.example", ""))).status]).toEqual([url, 200]);
});

test("the list has every edition, digests included, the latest first; a page costs three queries", async () => {
  const { body, operations } = await get(href.archive());
  const titles = [
    ...body.matchAll(/<a class="archive-title"[^>]*>([^<]*)<\/a> <span class="archive-facts">(.*?)<\/span>/g),
  ];
  expect(titles.map(([, title, facts = ""]) => `${title}: ${facts.replace(/<[^>]*>/g, "")}`)).toEqual([
    "Cold Brew: Weekly digest, 3 June 2030",
    "Cold Brew: New chapter, 1 June 2030",
  ]);
  expect(operations.d1Queries).toBeLessThanOrEqual(3);
  for (const [, path = ""] of body.matchAll(/<a class="archive-title" href="([^"]*)"/g)) {
    const page = await get(path);
    expect(page.status).toBe(200);
    expect(page.operations.d1Queries).toBeLessThanOrEqual(2);
    expect(page.operations.kvReads).toBeLessThanOrEqual(1);
  }
  expect((await get(`${href.archive()}/`)).headers.get("location")).toBe(href.archive());
});

test("what was not sent is not there: stopped before its first email, all its emails rejected, or unpublished since", async () => {
  const { rows } = newsletter;
  const path = linkIn(chapter.text);
  const id = path.split("/")[3] ?? "";
  const opened = `id, audience, chapters, state, opened_at, mails, cursor`;
  await rows(
    `INSERT INTO editions (${opened}) SELECT 'each_tea_sealed', audience, chapters, 'stopped', opened_at, mails, '' FROM editions WHERE id = '${id}'`,
  );
  await rows(`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at)
    VALUES ('each_tea_sealed/', 'each_tea_sealed', '[]', 'sealed', '2030-06-01', '2030-06-01')`);
  const isThere = async (edition: string) => [
    (await get(href.archivedEdition(edition))).status,
    (await get(href.archive())).body.includes(edition),
  ];
  expect(await isThere("each_tea_sealed")).toEqual([404, false]);
  // Each attempt is recorded before it is made.
  await rows("UPDATE batches SET unknown_since = '2030-06-01' WHERE id = 'each_tea_sealed/'");
  expect(await isThere("each_tea_sealed")).toEqual([200, true]);
  await rows("UPDATE batches SET state = 'settled', error = 'rejected' WHERE id = 'each_tea_sealed/'");
  expect(await isThere("each_tea_sealed")).toEqual([404, false]);
  await rows(
    `UPDATE editions SET chapters = replace(chapters, 'cold-brew', 'gone'), mails = replace(mails, 'cold-brew', 'gone') WHERE id = '${id}'`,
  );
  expect(await isThere(id)).toEqual([404, false]);
  await rows(
    `UPDATE editions SET chapters = replace(chapters, 'gone', 'cold-brew'), mails = replace(mails, 'gone', 'cold-brew') WHERE id = '${id}'`,
  );
  expect(await isThere(id)).toEqual([200, true]);
  for (const wrong of [
    `${href.archivedEdition(id)}/0123456789ab`,
    href.archivedEdition("each_tea_leaves"),
    href.archivedEdition("__proto__"),
    href.archive("1815"),
    `${path}/email/x`,
  ])
    expect([wrong, (await get(wrong)).status]).toEqual([wrong, 404]);
});

test("an email that is no longer stored, or whose structure is unknown, is named with its chapters, and not shown", async () => {
  const { world, rows } = newsletter;
  const id = linkIn(chapter.text).split("/")[3] ?? "";
  const [edition] = await rows<{ mails: string }>(`SELECT mails FROM editions WHERE id = '${id}'`);
  const [{ template = "" } = {}] = JSON.parse(edition?.mails ?? "[]") as { template?: string }[];
  const shelf = await world.shelf();
  const key = `mail/template/${template}`;
  const stored = (await shelf.get(key)) ?? "";
  for (const value of [undefined, JSON.stringify({ ...JSON.parse(stored), html: "<p>\0leave\0</p>" })]) {
    if (value === undefined) await shelf.delete(key);
    else await shelf.put(key, value);
    const page = await get(href.archivedEdition(id));
    expect([
      page.status,
      page.body.includes("<iframe"),
      page.body.includes("The email itself cannot be shown."),
    ]).toEqual([200, false, true]);
    expect(page.body).toContain('href="/tea/cold-brew"');
    expect((await get(`${linkIn(chapter.text)}/email`)).status).toBe(404);
  }
  await shelf.put(key, stored);
});

test("thousands of editions are listed by year, a hundred to a page, each once; the queries read no more than they show", async () => {
  const { world, rows } = newsletter;
  const database = await world.database();
  await rows(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2999)
    INSERT INTO editions (id, audience, chapters, state, opened_at, mails)
    SELECT 'each_many_' || i, 'each', '["tea/leaves"]', 'done', printf('%04d-01-%02dT%02d:00:00.000Z', 2027 + i % 3, 1 + i / 3 % 28, i / 84 % 24), '[{"chapters":["tea/leaves"],"template":"x"}]' FROM n`);
  await rows(`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at, unknown_since)
    SELECT id || '/+db', id, '[]', 'settled', opened_at, opened_at, opened_at FROM editions WHERE id LIKE 'each_many_%'`);
  const listed: string[] = [];
  let path: string | undefined = href.archive("2028");
  let pages = 0;
  while (path !== undefined) {
    const { body, operations } = await get(path);
    pages += 1;
    expect(operations.d1Queries).toBeLessThanOrEqual(3);
    listed.push(...[...body.matchAll(/<a class="archive-title" href="([^"]*)"/g)].map(([, link = ""]) => link));
    path = /<a href="([^"]*)" rel="next">/.exec(body)?.[1];
  }
  expect([pages, listed.length, new Set(listed).size]).toEqual([10, 1000, 1000]);
  const { body } = await get(href.archive());
  expect([...body.matchAll(/<a href="\/newsletter\/archive\/(\d{4})"/g)].map(([, year]) => year)).toEqual([
    "2030",
    "2029",
    "2028",
    "2027",
  ]);
  const plan = await database
    .prepare(`EXPLAIN QUERY PLAN SELECT e.id FROM editions e WHERE e.opened_at >= '2028' AND e.opened_at < '2029'
      AND (e.opened_at, e.id) < (SELECT opened_at, id FROM editions WHERE id = 'each_many_5')
      ORDER BY e.opened_at DESC, e.id DESC LIMIT 101`)
    .all<{ detail: string }>();
  expect(plan.results.map(({ detail }) => detail).join("\n")).not.toMatch(/SCAN|TEMP B-TREE/);
});

test("before the first edition it says so, with the newsletter open or closed", async () => {
  await using open = await openNewsletterWorld();
  const { status, body } = await open.world.get(href.archive());
  expect([status, body.includes("Nothing has been sent yet."), body.includes(`href="${href.newsletter()}"`)]).toEqual([
    200,
    true,
    true,
  ]);
  await using closed = await openNewsletterWorld({ RESEND_API_KEY: "" });
  const page = await closed.world.get(href.archive());
  expect([page.status, page.body.includes("Nothing has been sent yet.")]).toEqual([200, true]);
});
