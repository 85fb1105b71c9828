/** Tests titles with characters that break emails: every transactional email, page and edition shows them as text. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressParser, decodeWords } from "postal-mime";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Message } from "../../src/mail/mailer.ts";
import { href } from "../../src/routes.ts";
import { bookFolder } from "../world.ts";
import { after, linkIn, type NewsletterWorld, openNewsletterWorld } from "./newsletter-world.ts";

const title = `$& {{name}} <b>Tea</b> \u2028Bcc: eve@example.org\r\nX-More: 1`;
/** The title as displayed. */
const read = `$& {{name}} <b>Tea</b> Bcc: eve@example.org X-More: 1`;

let folder: string;
let newsletter: NewsletterWorld;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "hostile-"));
  cpSync(bookFolder("tea"), folder, { recursive: true });
  for (const name of ["library.md", "tea/cooling.md", "tea/cold-brew.md"]) {
    const path = join(folder, "content", name);
    writeFileSync(
      path,
      readFileSync(path, "utf8").replace(/^title: .*$/m, () => `title: ${JSON.stringify(title)}`),
    );
  }
  newsletter = await openNewsletterWorld(
    { MAIL_FROM: '"Tea, <hot>: (new)" <letters@library.example>', POSTAL_ADDRESS: title },
    folder,
  );
});
afterAll(async () => {
  await newsletter[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const words = (text: string) => text.replace(/\s+/g, " ");
const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
const shown = (html: string) =>
  words(html.replace(/<[^>]*>/g, " ").replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? ""));

function check({ from, subject, html, text, headers }: Message): void {
  expect(addressParser(from)).toEqual([{ name: "Tea, <hot>: (new)", address: "letters@library.example" }]);
  for (const header of [subject, ...Object.entries(headers ?? {}).flat()]) {
    expect(header).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  }
  expect(
    Object.keys(headers ?? {})
      .sort()
      .join(),
  ).toMatch(/^(List-Id,List-Unsubscribe,List-Unsubscribe-Post)?$/);
  expect(html).not.toMatch(/<b>|\0/);
  for (const part of [shown(html), words(text)]) expect(part).toContain(read);
}

test("letters, pages, a chapter and a digest", async () => {
  const { world, resend } = newsletter;
  await world.tick(after(0));
  await newsletter.subscribe("ada@example.org");
  await newsletter.post(linkIn(resend.mails.at(-1) as Message, "confirm"), {});
  const welcome = resend.mails.at(-1) as Message;
  const preferences = linkIn(welcome, "preferences");
  await newsletter.post(preferences, { act: "address", email: "ada-new@example.org" });
  await newsletter.subscribe("ada@example.org", { now: after(24) });
  await newsletter.post(href.preferencesLink(), { email: "ada@example.org" }, { now: after(24) });
  await newsletter.post(preferences, { act: "save", frequency: "weekly", which: "all" });
  await newsletter.subscribe("bob@example.org");
  await newsletter.post(linkIn(resend.mails.at(-1) as Message, "confirm"), {});
  for (const now of ["2030-06-02T06:00:00.000Z", "2030-06-03T06:05:00.000Z"]) await world.tick(now);
  const leave = linkIn(welcome, "leave");
  await newsletter.post(leave, { by: "page" }, { now: "2030-06-04T06:00:00.000Z" });

  for (const mail of resend.mails) check(mail);
  // One subscriber gets the chapter, the other a digest.
  const editions = resend.mails.filter(({ subject }) => subject === read);
  expect(editions.map(({ to }) => to[0])).toEqual(["bob@example.org", "ada@example.org"]);
  for (const { headers } of editions) {
    expect(decodeWords(headers?.["List-Id"] ?? "")).toBe(`${read} <newsletter.library.example>`);
  }

  for (const path of ["/", "/tea/cooling", href.newsletter(), href.promise(), leave, preferences, href.confirm("x")]) {
    const page = await world.get(path, { now: after(30) });
    expect([path, page.status < 500, /<b>Tea/.test(page.body)]).toEqual([path, true, false]);
    expect(shown(page.body)).toContain(read);
  }
});
