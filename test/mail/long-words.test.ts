/** Tests emails with words and addresses wider than a phone: nothing overflows. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chapterMail } from "../../src/mail/chapter-mail.tsx";
import { digest } from "../../src/mail/digest.tsx";
import { addressChange, authorNotice, confirmation, welcome } from "../../src/mail/letters.tsx";
import { openBrowser } from "../journeys/browser.ts";
import { mailOf } from "../publish/mail/one-mail.ts";
import { frame as usual } from "./specimens.ts";

const word = "donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten";
const address = `https://library.example/${"abcdefgh".repeat(20)}`;
const frame = { ...usual, library: word, tagline: word, postalAddress: `${word}, ${address}` };
const entry = {
  title: `${word} ${address}`,
  book: word,
  excerpt: `${word} ${address} ${word}`,
  url: address,
  minutes: 4,
};

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  await page.route("**/*", (route) => route.abort());
});
afterAll(() => browser.close());

test("no mail is wider than a phone", async () => {
  const { mail } = await mailOf(
    `${word} [${address}](${address})\n\n## ${word}\n\n> ${word}\n\n- ${word}\n\n\`${word}\`\n`,
  );
  const body = { ...mail, html: mail.html.replaceAll("\0", "") };
  const mails = {
    digest: digest({ frame, period: "week", chapters: [entry, entry] }),
    chapter: chapterMail({ frame, ...entry, previous: entry, body: { ...body, cut: true } }),
    welcome: welcome({ frame, newest: entry }),
    confirmation: confirmation({ frame, confirmUrl: address, expiresInHours: 48 }),
    "address change": addressChange({
      ...{ frame, confirmUrl: address, expiresInHours: 48 },
      newAddress: `${word}@${"long-".repeat(30)}name.example`,
    }),
    "author notice": authorNotice({ frame, title: word, lines: [word, address] }),
  };
  const widthOf = async (html: string) => {
    await page.setContent(html);
    return page.evaluate<number>("document.documentElement.scrollWidth");
  };
  for (const [name, { html }] of Object.entries(mails)) {
    expect([name, await widthOf(html)]).toEqual([name, 360]);
    // Without `word-break` each would overflow.
    expect([name, (await widthOf(html.replaceAll("word-break:break-word", ""))) > 360]).toEqual([name, true]);
  }
});
