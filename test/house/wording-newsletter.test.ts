/** No word of the newsletter, its emails and the local inbox is written in a component: the same proof as in wording.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signPreview } from "../../src/http/preview-links.ts";
import { catalogueAt } from "../../src/library/catalogue.ts";
import { chapterMail } from "../../src/mail/chapter-mail.tsx";
import { digest } from "../../src/mail/digest.tsx";
import { createInbox } from "../../src/mail/inbox.ts";
import { inboxHref, views } from "../../src/mail/inbox-pages.tsx";
import type { MailContent, MailFrame } from "../../src/mail/message.ts";
import { previewViews } from "../../src/newsletter/preview-page.tsx";
import { href } from "../../src/routes.ts";
import { en } from "../../src/ui/words/en.ts";
import { transactionalSpecimens } from "../mail/specimens.ts";
import { everyPage, pagesOfSettings } from "../newsletter/every-page.ts";
import { type NewsletterWorld, openNewsletterWorld, signingKeys } from "../newsletter/newsletter-world.ts";
import { present } from "../world.ts";
import { findUnmarked, latinIn, withoutFormulas } from "./wording/find-unmarked.ts";
import { markWords } from "./wording/marked-words.ts";
import { openMarkedWorld } from "./wording/marked-world.ts";

const open = (settings: Readonly<Record<string, string>> = {}): Promise<NewsletterWorld> =>
  openNewsletterWorld(
    { AUTHOR_EMAIL: "author@library.example", MAIL_FROM: "Самовар <tea@library.example>", ...settings },
    undefined,
    openMarkedWorld,
  );

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await open();
});
afterAll(() => newsletter[Symbol.asyncDispose]());

/** Each name with what is unmarked on its page. */
const unmarkedOn = (pages: ReadonlyMap<string, string>) =>
  [...pages].flatMap(([name, body]) => {
    expect(body, name).toContain("⟦");
    return findUnmarked(body).map((found) => `${name}: ${found}`);
  });

/** Formulas are pictures in emails, and read out in English; commands and the places of chapters are data. */
const unmarkedIn = ({ subject, html, text }: MailContent) => [
  ...latinIn(withoutData(subject)),
  ...findUnmarked(withoutData(withoutFormulas(html))),
  // Formulas of a chapter are written with single letters.
  ...latinIn(withoutData(text)).filter((word) => word.length > 1),
];
/** Commands, identities of chapters, what Resend answers to a wrong key, and the mark that a preheader was cut within. */
const withoutData = (text: string) =>
  text
    .replace(/`npm run [^`]*`|\b(samovar|water)\/[\w-]+|401 validation_error: API key is invalid/g, "")
    .replace(/⟦[^⟦⟧]*…(?=<)/g, "");

test("no page of the newsletter has wording of its own, whatever a reader does", async () => {
  expect(unmarkedOn(await everyPage(newsletter))).toEqual([]);
  const consents = await newsletter.rows<{ act: string; wording: string }>(
    "SELECT DISTINCT act, wording FROM consents",
  );
  expect(new Set(consents.map(({ act }) => act))).toEqual(new Set(["requested", "confirmed", "left", "returned"]));
  expect(consents.filter(({ wording }) => !wording.startsWith("⟦") || latinIn(wording).length > 0)).toEqual([]);
});

test("nor has one that other settings bring", async () => {
  expect(unmarkedOn(await pagesOfSettings(open))).toEqual([]);
});

test("nor has the preview of a chapter as an email", async () => {
  const entry = catalogueAt(Date.parse(present), newsletter.world.manifest, true).byPath.get("/samovar/polish");
  if (!entry) throw new Error("No chapter to preview");
  const link = await signPreview(signingKeys, entry, 1, Date.parse(present));
  const path = href.previewMail(link?.token ?? "");
  for (const view of previewViews) {
    const { status, body } = await newsletter.world.get(`${path}?view=${view}`);
    expect([view, status, findUnmarked(body)]).toEqual([view, 200, []]);
  }
});

test("nor has the local inbox; names of headers are the same in every language", async () => {
  const origin = "http://localhost:8787";
  await using world = await openMarkedWorld({ settings: { ORIGIN: origin, MAIL_INBOX: "yes" } });
  const get = async (path: string) => (await world.get(origin + path)).body;
  expect(findUnmarked(await get(href.inbox()))).toEqual([]);
  await createInbox(await world.shelf()).put({
    id: "letter",
    at: present,
    from: "tea@library.example",
    to: "ada@example.org",
    subject: "",
    html: "<p></p>",
    text: "",
    headers: { "List-Id": "<newsletter.library.example>" },
    idempotencyKey: "1",
  });
  expect(findUnmarked(await get(href.inbox()))).toEqual([]);
  for (const view of views) {
    const found = findUnmarked(await get(inboxHref.mail("letter", view)));
    expect([view, found]).toEqual([
      view,
      view === "headers"
        ? ["Date", present, "From", "To", "Subject", "List-Id", "<newsletter.library.example>"].map(
            (text) => `text: ${text}`,
          )
        : [],
    ]);
  }
});

describe("emails", () => {
  const frame: MailFrame = {
    library: "Самовар",
    tagline: "Книги о чае.",
    language: "ru",
    words: en,
    origin: "https://library.example",
    postalAddress: "Тула",
    preferencesUrl: "https://library.example/preferences",
    unsubscribeUrl: "https://library.example/leave",
    archiveUrl: "https://library.example/archive",
  };
  const chapter = { title: "Кипение", book: "Самовар", excerpt: "Вода.", url: "https://library.example/x", minutes: 5 };

  test("of every kind", () => {
    const restore = markWords(en);
    try {
      const letters = transactionalSpecimens(frame, chapter).filter(({ name }) => name !== "author-notice");
      const mails: [name: string, mail: MailContent][] = [
        ...letters.map(({ name, mail }): [string, MailContent] => [name, mail]),
        ...(["week", "month", "several"] as const).map((period, count): [string, MailContent] => [
          period,
          digest({ frame, period, chapters: Array.from({ length: count + 1 }, () => chapter) }),
        ]),
        ["no chapter", digest({ frame, period: "week", chapters: [] })],
        [
          "a chapter that is cut",
          chapterMail({ frame, ...chapter, previous: chapter, body: { html: "", text: "", darkCss: "", cut: true } }),
        ],
      ];
      for (const [name, mail] of mails) {
        expect(mail.html + mail.text, name).toContain("⟦");
        expect([name, unmarkedIn(mail)]).toEqual([name, []]);
      }
    } finally {
      restore();
    }
  });

  test("that readers and the author really get", async () => {
    await using sending = await open();
    const { world, resend } = sending;
    await world.tick("2026-01-25T00:00:00Z");
    const before = { now: "2026-01-26T00:00:00Z" };
    await sending.join("ada@example.org", before);
    const { preferences } = await sending.join("digests@example.org", before);
    await sending.post(preferences, { act: "save", frequency: "weekly", which: "all" }, before);
    const rightKey = resend.apiKey;
    resend.apiKey = "re_other";
    // The first of these runs records the release, with its changes; both together may cost more than one run.
    for (const time of ["09:00", "09:05"]) await world.tick(`2026-02-03T${time}:00Z`);
    resend.apiKey = rightKey;
    for (const time of ["03T11:00", "03T11:05", "09T12:00", "09T12:05"]) await world.tick(`2026-02-${time}:00Z`);
    const notices = await sending.rows<{ title: string; body: string }>("SELECT title, body FROM notices");
    expect(notices.map(({ title }) => title)).toEqual([`⟦${en.notices.misconfigured.title}⟧`]);
    const recipients = resend.mails.map(({ to }) => to[0]);
    expect(recipients.toSorted()).toEqual(["ada@example.org", "author@library.example", "digests@example.org"]);
    for (const mail of resend.mails) expect([mail.to, unmarkedIn(mail)]).toEqual([mail.to, []]);
  });
});
