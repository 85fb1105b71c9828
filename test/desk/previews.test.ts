/**
 * Checks preview links: each shows one chapter as it will be, page and email, to anybody who has the link, until it
 * expires.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signText } from "../../src/http/signing.ts";
import { href } from "../../src/routes.ts";
import { signingKeys } from "../newsletter/newsletter-world.ts";
import { type Answer, bookFolder, present } from "../world.ts";
import { type Desk, openDesk, wordsOf } from "./author.ts";

let folder: string;
let desk: Desk;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "draft-"));
  cpSync(bookFolder("tea"), folder, { recursive: true });
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#884400" } })
    .png()
    .toBuffer();
  writeFileSync(join(folder, "content/tea/pot.png"), picture);
  writeFileSync(
    join(folder, "content/tea/gongfu.md"),
    `---\ntitle: Gongfu\nexcerpt: Many short infusions. Not finished.\n---\nA draft with $\\tau = 1/k$, a [word on cold](cold-brew), one on [cooling](cooling), and a pot:\n\n![A brown pot of clay](pot.png "A pot.")\n`,
  );
  desk = await openDesk({}, folder);
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const day = 86_400_000;
const later = (days: number): string => new Date(Date.parse(present) + days * day).toISOString();
const sign = (text: string) => signText(text, signingKeys);
const tokenFor = (chapter: string, until = Date.parse(present) + day) =>
  sign(`preview~${chapter}~${Math.floor(until / 1000).toString(36)}`);
const isPrivate = ({ headers }: Answer) => {
  expect(headers.get("Cache-Control")).toBe("no-store");
  expect(headers.get("X-Robots-Tag")).toBe("noindex, nofollow");
  expect(headers.get("Referrer-Policy")).toBe("no-referrer");
  expect(headers.get("ETag")).toBeNull();
};

test("the author makes a link for a week, and whoever has it sees the draft until then", async () => {
  const made = await desk.send(href.deskCalendar(), href.deskPreview(), { chapter: "tea/gongfu", days: "7" });
  expect([made.status, made.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
  expect(wordsOf(made.body)).toContain("until Sun, 8 Mar 2026, 12:00");
  const path = /https:\/\/library\.example(\/preview\/[\w.~-]+)/.exec(made.body)?.[1] ?? "";
  const page = await desk.world.get(path);
  expect(page.status).toBe(200);
  isPrivate(page);
  const words = wordsOf(page.body);
  expect(words).toContain(
    "Preview of a draft, visible only through this link, which is valid until 8 March 2026 at 12:00 UTC.",
  );
  expect(words).toContain("A draft with");
  expect(page.body).toContain('<meta name="robots" content="noindex"/>');
  expect(page.body).not.toContain('rel="canonical"');
  // Links to public chapters work; those to other unpublished chapters are plain text.
  expect(page.body).toContain('href="/tea/cooling"');
  expect(page.body).not.toContain('href="/tea/cold-brew"');
  expect((await desk.world.get(path, { now: later(6.99) })).status).toBe(200);
  expect((await desk.world.get(path, { now: later(7.01) })).status).toBe(404);
});

test("its pictures are shown by the same link, and by no other address", async () => {
  const token = await tokenFor("tea~gongfu");
  const { body } = await desk.world.get(href.preview(token));
  const source = /<img src="([^"]+)"/.exec(body)?.[1] ?? "";
  expect(source).toMatch(/^\/preview\/[^/]+\/media\/[0-9a-f]{64}\.\w+$/);
  const picture = await desk.world.get(source);
  expect([picture.status, picture.headers.get("Content-Type")?.startsWith("image/")]).toEqual([200, true]);
  isPrivate(picture);
  const file = source.split("/").at(-1) ?? "";
  expect((await desk.world.get(`/media/${file}`)).status).toBe(404);
  const other = await tokenFor("tea~cold-brew");
  expect((await desk.world.get(`/preview/${other}/media/${file}`)).status).toBe(404);
  expect((await desk.world.get(source, { now: later(2) })).status).toBe(404);
});

test("as mail: in a frame without scripts, on a phone, in the dark, as plain text, with its formulas", async () => {
  const token = await tokenFor("tea~gongfu");
  const before = await (await desk.world.shelf()).list();
  const page = await desk.world.get(href.previewMail(token));
  expect(page.status).toBe(200);
  isPrivate(page);
  expect(page.body).toContain(`src="${href.previewMail(token, "light")}"`);
  expect(page.body).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  const phone = await desk.world.get(`${href.previewMail(token)}?view=phone`);
  expect(phone.body).toContain('class="inbox-mail is-phone"');
  const text = await desk.world.get(`${href.previewMail(token)}?view=text`);
  expect(text.body).toContain("A draft with τ = 1/k");

  const mail = await desk.world.get(href.previewMail(token, "light"));
  expect(mail.headers.get("Content-Security-Policy")).toContain("sandbox");
  isPrivate(mail);
  const pictures = [...mail.body.matchAll(/src="([^"]+)"/g)].map(([, path = ""]) => path);
  expect(pictures.length).toBeGreaterThan(0);
  for (const path of pictures) {
    expect(path).toContain(`/preview/${token}/`);
    const picture = await desk.world.get(path);
    expect([path, picture.status, picture.headers.get("Content-Type")?.startsWith("image/")]).toEqual([
      path,
      200,
      true,
    ]);
    isPrivate(picture);
  }
  expect((await desk.world.get(href.previewMail(token, "dark"))).status).toBe(200);
  // A preview stores nothing where images of emails are kept permanently.
  const names = (list: { keys: { name: string }[] }) =>
    list.keys.map(({ name }) => name).filter((name) => name.startsWith("mail/"));
  expect(names(await (await desk.world.shelf()).list())).toEqual(names(before));
});

test("a scheduled chapter says so, and its link leads to it once it is public", async () => {
  const token = await tokenFor("tea~cold-brew", Date.parse("2030-07-01"));
  const page = await desk.world.get(href.preview(token));
  expect(wordsOf(page.body)).toContain("Preview of a scheduled chapter, visible only through this link");
  for (const path of [href.preview(token), href.previewMail(token)]) {
    const after = await desk.world.get(path, { now: "2030-06-01T12:00:01Z" });
    expect([after.status, after.headers.get("Location")]).toEqual([302, "/tea/cold-brew"]);
    isPrivate(after);
  }
});

describe("a link that does not hold", () => {
  const links: [string, () => Promise<string>][] = [
    ["some text", async () => "draft"],
    ["nobody's signature", async () => `${(await tokenFor("tea~gongfu")).slice(0, -4)}AAAA`],
    ["altered to another chapter", async () => (await tokenFor("tea~gongfu")).replace("gongfu", "cold-brew")],
    ["over", () => tokenFor("tea~gongfu", Date.parse(present) - 1000)],
    ["without an end", () => sign("preview~tea~gongfu~")],
    ["with an end that is no number", () => sign("preview~tea~gongfu~NaN")],
    ["of a chapter that is gone", () => tokenFor("tea~lapsang")],
    ["of a book that is gone", () => tokenFor("coffee~gongfu")],
    ["made for something else: a form of the desk", () => sign("desk-form~9999999999~0123")],
    ["made for something else: preferences", () => sign("preferences.s1.-.zzzzzzzz")],
    [
      "signed with a key that is not ours",
      () => signText("preview~tea~gongfu~zzzzzz", [{ id: "k1", secret: "b".repeat(40) }]),
    ],
  ];
  test.each(links)("%s is the same page that is not there", async (_, make) => {
    const token = await make();
    const none = await desk.world.get(href.preview("no-link"));
    expect(none.status).toBe(404);
    expect(wordsOf(none.body)).toContain("This preview link is not valid or has expired");
    for (const path of [
      href.preview(token),
      href.previewMail(token),
      href.previewMail(token, "light"),
      href.previewMailPicture(token, "0-100.png"),
      href.previewMedia(token, "a".repeat(64), "png"),
    ]) {
      const answer = await desk.world.get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body).toBe(none.body);
      isPrivate(answer);
    }
  });

  test("only reading is possible", async () => {
    const token = await tokenFor("tea~gongfu");
    expect((await desk.world.get(href.preview(token), { method: "HEAD" })).status).toBe(200);
    for (const method of ["POST", "PUT", "DELETE"]) {
      const answer = await desk.world.get(href.preview(token), { method });
      expect([method, answer.status, answer.headers.get("Cache-Control")]).toEqual([method, 405, "no-store"]);
    }
  });
});

test("what was seen by a link is remembered for nobody", async () => {
  const token = await tokenFor("tea~gongfu");
  expect((await desk.world.get(href.preview(token))).status).toBe(200);
  expect((await desk.world.get("/tea/gongfu")).status).toBe(404);
  expect((await desk.world.get(href.preview(token), { now: later(3) })).status).toBe(404);
});

describe("from the desk", () => {
  test("the author looks for a day, as page and as mail", async () => {
    for (const [path, end] of [
      [href.deskPreview("tea/gongfu"), ""],
      [href.deskPreview("tea/gongfu", "mail"), "/mail"],
    ] as const) {
      const answer = await desk.see(path);
      expect(answer.status).toBe(302);
      const location = answer.headers.get("Location") ?? "";
      expect(location).toMatch(new RegExp(`^/preview/[^/]+${end}$`));
      expect((await desk.world.get(location)).status).toBe(200);
      expect((await desk.world.get(location, { now: later(1.1) })).status).toBe(404);
    }
    expect((await desk.see(href.deskPreview("tea/nothing"))).status).toBe(404);
    expect((await desk.world.get(href.deskPreview("tea/gongfu"))).status).toBe(403);
  });

  test("no link is made for a stranger's form, nor for a chapter that is not there", async () => {
    const stale = await desk.post(href.deskPreview(), { chapter: "tea/gongfu", days: "7" });
    expect([stale.status, stale.body.includes("/preview/")]).toEqual([403, false]);
    const none = await desk.send(href.deskCalendar(), href.deskPreview(), { chapter: "tea/nothing", days: "7" });
    expect([none.status, none.headers.get("Location")]).toEqual([303, href.deskCalendar()]);
  });
});
