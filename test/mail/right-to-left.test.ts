/** Tests emails of an Arabic book, in an English and in an Arabic library: every text has the direction of its script. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isWritten } from "../../src/library/manifest.ts";
import { type MailObject, parseObject } from "../../src/library/objects.ts";
import { chapterMail } from "../../src/mail/chapter-mail.tsx";
import { type DigestChapter, digest } from "../../src/mail/digest.tsx";
import type { MailContent, MailFrame } from "../../src/mail/message.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { sha256 } from "../../src/publish/object-store.ts";
import { href } from "../../src/routes.ts";
import { openBrowser } from "../journeys/browser.ts";
import { bookFolder } from "../world.ts";
import { frame as english, transactionalSpecimens } from "./specimens.ts";

interface Text {
  readonly entry: DigestChapter;
  readonly body: MailObject;
}

let texts: Text[];
let browser: Browser;
let page: Page;
beforeAll(async () => {
  const objects = new Map<string, Uint8Array>();
  const put = (bytes: string | Uint8Array) => {
    const hash = sha256(bytes);
    objects.set(hash, Buffer.from(bytes));
    return hash;
  };
  const result = await new LibraryCompiler(bookFolder("caravan"), { put, has: () => false }).compile();
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
  texts = result.manifest.books.flatMap((book) =>
    [book.overview, ...book.contents.filter(isWritten)].map(({ slug, title, excerpt, minutes, language, mail }) => ({
      entry: {
        ...{ title, excerpt, minutes, language },
        book: book.title,
        cloth: book.cloth,
        url: english.origin + href.chapter(book.slug, slug),
      },
      body: parseObject(objects.get(mail) ?? new Uint8Array()) as MailObject,
    })),
  );
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  await page.route("**/*", (route) => route.abort());
});
afterAll(() => browser.close());

const arabic: MailFrame = {
  ...english,
  language: "ar",
  library: "مكتبة القافلة",
  tagline: "كتب سافرت من لغة إلى لغة.",
};

/** One email of each kind, with the Arabic chapters. In an Arabic library the English ones have an explicit language instead. */
function mailsIn(frame: MailFrame): [name: string, mail: MailContent][] {
  const entries = texts.map(({ entry }) => ({
    ...entry,
    language: frame.language === "en" ? entry.language : entry.language === "ar" ? undefined : "en",
  }));
  const newest = entries[1];
  if (!newest) throw new Error("The book in Arabic has no chapter.");
  return [
    ...texts.map(({ body }, index): [string, MailContent] => [
      `chapter ${index}`,
      chapterMail({ frame, ...(entries[index] ?? newest), previous: newest, body: { ...body, cut: index === 0 } }),
    ]),
    ["digest", digest({ frame, period: "week", chapters: entries })],
    ...transactionalSpecimens(frame, newest).map(({ name, mail }): [string, MailContent] => [name, mail]),
  ];
}

/** Texts, and labels of images, whose direction differs from that of their first letter; without code and symbols. */
const misdirected = `(() => {
  const isRight = (text) => /\\p{Script=Arabic}/u.test(/\\p{L}/u.exec(text)?.[0] ?? "");
  const found = [];
  const check = (element, text) => {
    const direction = getComputedStyle(element).direction;
    if (/\\p{L}/u.test(text) && (direction === "rtl") !== isRight(text) || direction === "rtl" && /[a-z] [a-z]/i.test(text)) found.push(direction + ": " + text.trim());
  };
  const blocks = "p, h1, h2, h3, li, td, th, a, span, strong, em, div";
  for (const block of document.querySelectorAll(blocks)) {
    if (block.closest("pre, title, style, [style*='display:none']")) continue;
    const text = [...block.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(" ");
    // Within a sentence a name may be in letters of the other kind: what isolates it decides.
    if (block.matches("a, strong, em") && !block.hasAttribute("dir") && block.parentElement.textContent.trim() !== text.trim()) continue;
    check(block, text);
  }
  for (const image of document.images) check(image, image.alt);
  return found;
})()`;

describe.each(["en", "ar"])("in a library in %s", (language) => {
  const frame = language === "en" ? { ...english, library: "The Caravan Library" } : arabic;

  test("every text and every formula's words run as their letters do", async () => {
    for (const [name, { html }] of mailsIn(frame)) {
      await page.setContent(html);
      const found = await page.evaluate<string[]>(misdirected);
      // If the language is named, it decides the direction of titles, whatever their first letter.
      const expected = language === "ar" && ["chapter 5", "digest"].includes(name) ? ["ltr: النسر الطائر: Altair"] : [];
      expect([name, found]).toEqual([name, expected]);
    }
  }, 120_000);

  test("no mail is wider than a phone", async () => {
    const widths: [string, number][] = [];
    for (const [name, { html }] of mailsIn(frame)) {
      await page.setContent(html);
      widths.push([name, await page.evaluate<number>("document.documentElement.scrollWidth")]);
    }
    expect(widths.filter(([, width]) => width > 360)).toEqual([]);
  }, 120_000);
});

test("in the plain part the minutes stay in order behind a book's name in Arabic", () => {
  const { text } = digest({ frame: arabic, period: "week", chapters: texts.map(({ entry }) => entry) });
  expect(text).toContain("الجبر");
  expect(
    text.match(/\p{Script=Arabic}[^\n]*, [^\n]*\d[^\n]* to read/gu)?.every((line) => line.includes(", \u200e")),
  ).toBe(true);
  expect(text).toContain("\nStars: Names That Stayed, 1 minute to read");
});
