/** Tests every email: safe with hostile text, complete in both parts, and limited to features of email clients. */

import { caniemail } from "caniemail";
import { describe, expect, test } from "vitest";
import { chapterMail } from "../../src/mail/chapter-mail.tsx";
import { digest, digestSubject } from "../../src/mail/digest.tsx";
import { addressChange, authorNotice, confirmation, welcome } from "../../src/mail/letters.tsx";
import { headerText } from "../../src/mail/message.ts";
import { en } from "../../src/ui/words/en.ts";
import { frame, specimens } from "./specimens.ts";

describe.each(specimens)("$name", ({ mail, link }) => {
  test("says the same in HTML and in text, with the same link", () => {
    expect(mail.html).toContain(`href="${link}"`);
    expect(mail.text.split(/\s+/)).toContain(link);
    for (const part of [mail.html, mail.text]) expect(part).toContain("12345 Exampleton");
  });

  test("states its language, its direction and its colour schemes, and begins with a preheader", () => {
    expect(mail.html).toMatch(/^<!doctype html><html lang="en" dir="ltr">/);
    expect(mail.html).toMatch(/<body[^>]* lang="en" dir="ltr"/);
    expect(mail.html).toContain('<meta name="color-scheme" content="light dark"');
    expect(mail.html).toMatch(/<body[^>]*><div style="display:none;[^"]*">[^<]{10,}<\/div>/);
  });

  test("every table only places things", () => {
    const tables = mail.html.match(/<table[^>]*>/g) ?? [];
    expect(tables.length).toBeGreaterThan(3);
    expect(tables.filter((tag) => !tag.includes('role="presentation"'))).toEqual([]);
  });

  test("nothing counts who opens it, and it is small", () => {
    expect(mail.html.match(/<img[^>]*>/g)?.filter((tag) => !tag.includes("/media/")) ?? []).toEqual([]);
    expect(mail.html).not.toMatch(/<script|<link|url\(|@import|\sonl?\w+=/);
    expect(new TextEncoder().encode(mail.html).byteLength).toBeLessThan(30 * 1024);
  });

  test("no line of the text is longer than 76 characters, links aside", () => {
    expect(mail.text.split("\n").filter((line) => line.length > 76 && line.includes(" "))).toEqual([]);
  });

  test("Gmail, Outlook, Apple Mail and Yahoo show it", () => {
    const clients = ["gmail.*", "outlook.*", "apple-mail.*", "yahoo.*"] as const;
    const { issues } = caniemail({ clients: [...clients], html: mail.html });
    const found = [...issues.errors].map(([client, list]) => [client, list.map(({ title }) => title)] as const);
    const unexpected = found.flatMap(([client, titles]) =>
      titles.filter((title) => !harmless.has(title)).map((title) => `${client}: ${title}`),
    );
    expect([...new Set(unexpected)]).toEqual([]);
  });
});

/** Features whose absence makes an email plainer, but loses nothing. */
const harmless: ReadonlySet<string> = new Set([
  // Light colours, or those the email client derives.
  "color-scheme CSS property",
  "color-scheme meta tag",
  "@media",
  "<style> element",
  // Square corners.
  "border-radius",
  // The outer table also sets background and direction.
  "<body> element",
  // The preheader becomes a line one pixel high, in the colour of the paper.
  "display:none",
  // A word wider than the screen widens the email, as it would without a style.
  "word-break",
  // Windows Mail, discontinued by Microsoft.
  "role attribute",
]);

describe("hostile words", () => {
  const hostile = `<b>"A" & 'B'</b> $& $1`;
  const escaped = "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt; $&amp; $1";

  test("stay words in the HTML, and themselves in the text", () => {
    const entry = { title: hostile, book: hostile, excerpt: hostile, url: "https://library.example/x", minutes: 3 };
    const body = { html: "<p>$&amp;</p>", text: "$&", darkCss: "", cut: false };
    for (const mail of [
      welcome({ frame, newest: entry }),
      digest({ frame, period: "several", chapters: [entry, entry] }),
      chapterMail({ frame, ...entry, body, previous: entry }),
      addressChange({ frame, confirmUrl: "https://library.example/c", newAddress: hostile, expiresInHours: 48 }),
      authorNotice({ frame, title: hostile, lines: [hostile] }),
      confirmation({
        frame: { ...frame, library: hostile, tagline: hostile, postalAddress: hostile },
        confirmUrl: "https://library.example/c",
        expiresInHours: 1,
      }),
    ]) {
      expect(mail.html).toContain(escaped);
      expect(mail.html).not.toContain("<b>");
      expect(mail.text).toContain(hostile);
    }
  });

  test("a URL cannot leave its attribute", () => {
    const { html } = confirmation({ frame, confirmUrl: 'https://x.example/"><img src=x>', expiresInHours: 48 });
    expect(html).not.toContain("<img");
    expect(html).toContain('href="https://x.example/&quot;&gt;&lt;img src=x&gt;"');
  });

  test("no title adds a header", () => {
    const title = "Attention\r\nBcc: everybody@example.org\u2028X-More: 1\0";
    const entry = { title, book: "B", excerpt: "E", url: "https://library.example/x", minutes: 3 };
    const body = { html: "", text: "", darkCss: "", cut: false };
    expect(chapterMail({ frame, ...entry, body }).subject).toBe("Attention Bcc: everybody@example.org X-More: 1");
    for (const mail of [
      digest({ frame, period: "week", chapters: [entry, entry] }),
      authorNotice({ frame, title, lines: [] }),
      welcome({ frame: { ...frame, library: title } }),
    ]) {
      expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }
  });
});

describe("headerText", () => {
  test("is one line of at most 250 characters, and cuts no character in two", () => {
    expect(headerText("  a\t\tb\u0085c  ")).toBe("a b c");
    expect(headerText("")).toBe("");
    const long = headerText("🙂".repeat(200));
    expect(long.length).toBeLessThanOrEqual(250);
    expect(long.isWellFormed()).toBe(true);
    expect(long).not.toContain("\ufffd");
    expect(headerText("x".repeat(250))).toBe("x".repeat(250));
  });
});

test("a digest is named after its chapters", () => {
  expect(digestSubject(["Rotary Position Embeddings", "Message Passing"], en)).toBe(
    "Rotary Position Embeddings and Message Passing",
  );
  expect(digestSubject(["One: and more of it"], en)).toBe("One: and more of it");
  expect(digestSubject(["A: x", "B", "C", "D"], en)).toBe("A, B and 2 more");
  expect(digest({ frame, period: "month", chapters: [] }).subject).toBe("New this month: ML Blog");
});

test("a chapter's body gets the origin in both parts, whatever characters the origin has", () => {
  const body = { html: '<a href="\0origin\0/x">x</a>', text: "\0origin\0/x", darkCss: ".mine{color:red}", cut: false };
  const mail = chapterMail({ frame, title: "T", book: "B", excerpt: "E", url: "u", minutes: 1, body });
  expect(mail.html).toContain('<a href="https://library.example/x">x</a>');
  expect(mail.text).toContain("https://library.example/x");
  expect(mail.html + mail.text).not.toContain("\0origin\0");
  expect(mail.html).toMatch(/@media \(prefers-color-scheme: dark\)\{[^@]*\.mine\{color:red\}\}/);
  expect(mail.html).not.toContain("Continue reading");
});

test("a language written from the right says so", () => {
  const { html } = welcome({ frame: { ...frame, language: "he-IL" } });
  expect(html).toContain('<html lang="he-IL" dir="rtl">');
});
