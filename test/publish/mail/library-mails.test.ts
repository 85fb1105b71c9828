/** Checks the library's own chapters as emails: only supported features, short enough, and complete without images. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloths, code, dark, soft } from "../../../src/library/mail-look.ts";
import { isWritten, type Manifest } from "../../../src/library/manifest.ts";
import { type MailObject, parseObject } from "../../../src/library/objects.ts";
import { chapterMail } from "../../../src/mail/chapter-mail.tsx";
import { bundleStyles } from "../../../src/publish/assets/bundle-styles.ts";
import { LibraryCompiler } from "../../../src/publish/compile-library.ts";
import { sha256 } from "../../../src/publish/object-store.ts";
import { phoneLettering } from "../../../src/publish/renderers/figure-pictures.ts";
import { href } from "../../../src/routes.ts";
import { openBrowser } from "../../journeys/browser.ts";
import { conditionalOnly, unsupported } from "../../mail/client-features.ts";
import { frame } from "../../mail/specimens.ts";
import { atLeast } from "../../own-library.ts";
import { repository } from "../../world.ts";
import { isWholePng } from "./one-mail.ts";

interface Sent {
  readonly path: string;
  readonly html: string;
  readonly text: string;
  readonly body: MailObject;
  readonly pack: Uint8Array;
  readonly packHash: string;
}

let mails: Sent[];
beforeAll(async () => {
  const objects = new Map<string, Uint8Array>();
  const put = (bytes: string | Uint8Array) => {
    const hash = sha256(bytes);
    objects.set(hash, Buffer.from(bytes));
    return hash;
  };
  const result = await new LibraryCompiler(repository, { put, has: () => false }, { usesDisk: true }).compile();
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
  mails = chaptersOf(result.manifest).map(({ path, book, chapter }) => {
    const body = parseObject(objects.get(chapter.mail) ?? new Uint8Array()) as MailObject;
    const { title, excerpt, minutes } = chapter;
    const entry = { title, excerpt, minutes, book: book.shortTitle, cloth: book.cloth, url: frame.origin + path };
    const packHash = chapter.mailPictures ?? "";
    return {
      path,
      ...chapterMail({ frame, ...entry, body, previous: entry }),
      body,
      packHash,
      pack: objects.get(packHash) ?? new Uint8Array(),
    };
  });
});

const chaptersOf = (manifest: Pick<Manifest, "books">) =>
  manifest.books.flatMap((book) => [
    { path: href.book(book.slug), book, chapter: book.overview },
    ...book.contents
      .filter(isWritten)
      .map((chapter) => ({ path: href.chapter(book.slug, chapter.slug), book, chapter })),
  ]);

test("every chapter is mailed, overviews too, and none has to be cut", () => {
  expect(mails.length).toBeGreaterThanOrEqual(atLeast(6));
  expect(mails.filter(({ body }) => body.cut).map(({ path }) => path)).toEqual([]);
  const sizes = mails.map(({ path, html }) => [path, Buffer.byteLength(html)] as const);
  expect(sizes.filter(([, size]) => size > 90 * 1024)).toEqual([]);
});

test("every address of a picture names a whole PNG in the chapter's pack, and every picture has words or follows one", () => {
  for (const { path, html, pack, packHash } of mails) {
    const addresses = [...html.matchAll(/<img src="([^"]*)"/g)].map(([, address = ""]) => address);
    expect(addresses.length).toBeGreaterThan(atLeast(10));
    // Letters of a formula that is text count as well.
    expect(addresses.length + html.split("<i>").length - 1).toBeGreaterThan(atLeast(20));
    let covered = 0;
    for (const address of new Set(addresses)) {
      const [, hash, start, length] =
        /^https:\/\/library\.example\/mail\/([0-9a-f]{64})\/(\d+)-(\d+)\.png$/.exec(address) ?? [];
      expect([path, hash]).toEqual([path, packHash]);
      expect(isWholePng(Buffer.from(pack).subarray(Number(start), Number(start) + Number(length)))).toBe(true);
      covered += Number(length);
    }
    expect(covered).toBe(pack.byteLength);
    expect(html.match(/<img (?![^>]* alt[ =])[^>]*>/g)).toBeNull();
  }
});

test("every link has a colour in the dark", () => {
  for (const { html } of mails) expect(html.match(/<a (?![^>]*class="[^"]*\bml-)[^>]*>/g)).toBeNull();
});

test("a chapter's pictures are small: nobody on a phone waits for them", () => {
  expect(mails.filter(({ pack }) => pack.byteLength > 300_000).map(({ path }) => path)).toEqual([]);
});

describe("what mail programs show", () => {
  /** Besides those of every email. */
  const fallbacks = {
    "min-width property": "Formulas in a table shrink further than they should, or not at all.",
    "height property":
      "AOL and Yahoo: only images that never shrink have the attribute; others keep their proportions.",
    "max-height property": "Outlook for Windows has the height of a blocked image from its alt text.",
    "aspect-ratio": "Blocked images are as high as their alt text.",
    "white-space": "A line of a listing is wider than the column.",
    filter: "In dark mode, formulas and figures keep their light plate.",
    "mix-blend-mode": "In dark mode, a figure's ground is slightly lighter than the paper.",
    "Chaining selectors": conditionalOnly,
  };

  test("what a client lacks has a fallback", () => {
    expect([...new Set(mails.flatMap(({ html }) => unsupported(html, fallbacks)))]).toEqual([]);
  });

  test("Outlook, which has neither padding nor width but in cells and attributes, gets them there", () => {
    for (const { html } of mails) {
      expect(html.match(/<img (?![^>]* width="\d+")[^>]*>/g)).toBeNull();
      expect(html).not.toMatch(/<(p|div|pre|ul|li|blockquote)[^>]*style="[^"]*padding: ?[1-9]/);
    }
  });
});

/** Alt texts of images that would be higher without their greatest height. */
const altTextsCutOff = `[...document.images].filter((image) => {
  const { height } = image.getBoundingClientRect();
  image.style.maxHeight = "none";
  return image.getBoundingClientRect().height > height + 1;
}).map(({ alt }) => alt)`;

describe("on a narrow phone", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test.each(["on", "off"])("no mail is wider than the screen with pictures %s", async (pictures) => {
    const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
    let sent: Sent | undefined;
    await page.route("**/*", (route) => {
      const [, start = 0, length = 0] = /(\d+)-(\d+)\.png$/.exec(route.request().url())?.map(Number) ?? [];
      const body = Buffer.from(sent?.pack ?? []).subarray(start, start + length);
      return pictures === "on" ? route.fulfill({ body, contentType: "image/png" }) : route.abort();
    });
    const widths: [path: string, width: number][] = [];
    const cutOff: [path: string, alt: string][] = [];
    for (sent of mails) {
      await page.setContent(sent.html, { waitUntil: "load" });
      widths.push([sent.path, await page.evaluate<number>("document.documentElement.scrollWidth")]);
      const { path } = sent;
      cutOff.push(...(await page.evaluate<string[]>(altTextsCutOff)).map((alt): [string, string] => [path, alt]));
    }
    expect(widths.filter(([, width]) => width > 360)).toEqual([]);
    expect(cutOff).toEqual([]);
    await page.close();
  });
});

describe("the words", () => {
  test("hold no TeX and no HTML, and no line is longer than 76 characters, of listings and equations 78", () => {
    for (const { path, text } of mails) {
      const prose = text.split("\n").filter((line) => !/^(\| )? {4}/.test(line));
      expect([path, prose.filter((line) => /\\|<\/|&[a-z]+;|\$/.test(line))]).toEqual([path, []]);
      const isLong = (most: number) => (line: string) =>
        [...line.replace(/\p{M}/gu, "")].length > most && line.trim().includes(" ");
      expect([path, prose.filter(isLong(76))]).toEqual([path, []]);
      expect([path, text.split("\n").filter(isLong(78))]).toEqual([path, []]);
    }
  });

  test("say what the figures show, and where links lead", () => {
    const rope = mails.find(({ path }) => path.endsWith("/rope"));
    expect(rope?.text).toContain("[Image: Three rows of three clock faces.");
    expect(rope?.text.replace(/\s+/g, " ")).toContain("ALiBi <https://library.example/transformers/alibi>");
    expect(rope?.text).toContain("(Rₘq)ᵀ(Rₙk) = qᵀRₘᵀRₙk = qᵀRₙ₋ₘk.    (1)");
  });
});

test("lettering of drawings is that of the pages on a phone", () => {
  const tokens = readFileSync(join(repository, "src/ui/styles/tokens.css"), "utf8");
  expect(/@media \(max-width: 30rem\) \{\s*:root \{\s*--lettering: ([\d.]+);/.exec(tokens)?.[1]).toBe(phoneLettering);
});

test("the colours of mails are those of the pages", async () => {
  const tokens = readFileSync(join(repository, "src/ui/styles/tokens.css"), "utf8");
  const pairOf = (name: string, from = tokens) =>
    /light-dark\((#\w+), ?(#\w+)\)/.exec(from.slice(from.indexOf(`${name}:`)))?.slice(1);
  const pages = await bundleStyles("reader", []);
  for (const [name, { light, dark: night }] of Object.entries(cloths)) {
    const from = name === "library" ? pages : pages.slice(pages.indexOf(`[data-cloth=${name}]`));
    expect([name, pairOf("--cloth", from)]).toEqual([name, [light, night]]);
  }
  for (const [name, { light, dark: night }] of Object.entries(code))
    expect(pairOf(`--code-${name}`)).toEqual([light, night]);
  expect(pairOf("--ink-soft")).toEqual([soft, dark.soft]);
  expect(pairOf("--paper")?.[1]).toBe(dark.paper);
});
