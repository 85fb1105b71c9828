/** Tests every email: safe with hostile text, complete in both parts, and limited to features of email clients. */

import { describe, expect, test } from "vitest";
import { chapterMail } from "../../src/mail/chapter-mail.tsx";
import { digest, digestSubject } from "../../src/mail/digest.tsx";
import { addressChange, authorNotice, confirmation, welcome } from "../../src/mail/letters.tsx";
import { headerText } from "../../src/mail/message.ts";
import { en } from "../../src/ui/words/en.ts";
import { unsupported } from "./client-features.ts";
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

  test("what a client lacks has a fallback", () => {
    expect([...new Set(unsupported(mail.html))]).toEqual([]);
  });
});

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

describe("the style elements", () => {
  const elements = (html: string) =>
    [...html.matchAll(/<style(?: media="([^"]*)")?>([^<]*)<\/style>/g)].map(([, media, css = ""]) => ({ media, css }));
  const specimen = specimens.find(({ name }) => name === "chapter");
  const sheets = elements(specimen?.mail.html ?? "");

  test("conditional rules are sent twice: with @media, and for Thunderbird without", () => {
    for (const query of ["(max-width: 480px)", "(prefers-color-scheme: dark)"]) {
      const inside = sheets.find(({ css }) => css.startsWith(`@media ${query}{`))?.css ?? "";
      const outside = sheets.find(({ media }) => media === query)?.css ?? "";
      expect(outside).not.toContain("@");
      expect(outside.replaceAll("html:root ", "")).toBe(inside.replace(`@media ${query}{\n`, "").replace(/\}$/, ""));
    }
  });

  test("rules that would apply without their attribute apply only where the email is a document of its own", () => {
    const conditional = sheets.filter(({ media }) => media !== undefined);
    expect(conditional).toHaveLength(3);
    for (const { css } of conditional)
      expect(css.split("\n").filter((line) => !/^$|^html:root \.ml-[^,{]*\{[^{}]*\}$/.test(line))).toEqual([]);
  });

  test("Thunderbird's own dark mode leaves buttons their dark letters, and alt text its ink, which is then inverted", () => {
    for (const { mail } of specimens) {
      const rules = elements(mail.html).find(({ media }) => media?.includes("-moz-"));
      expect(rules?.media).toBe("(prefers-color-scheme: dark) and (min--moz-device-pixel-ratio: 0)");
      expect(rules?.css).toBe(`html:root .ml-on-cloth{-webkit-text-fill-color:#16181d}
html:root .ml-chapter img{-webkit-text-fill-color:#1c1a17}
html:root .ml-photo{-webkit-text-fill-color:#dcdad3!important}
`);
    }
  });

  test("no rule is nested twice, and Gmail reads 16 KB of them", () => {
    for (const { css } of sheets) expect(css.match(/@/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(sheets.reduce((sum, { css }) => sum + css.length, 0)).toBeLessThan(16 * 1024 - 4096);
  });
});

test("the plain text keeps to 76 characters when personal links are filled in", () => {
  const url = `https://library.example/newsletter/leave/${"a".repeat(110)}`;
  for (const { mail } of specimens) {
    const filled = mail.text.replaceAll("\0preferences\0", url).replaceAll("\0leave\0", url);
    expect(filled.split("\n").filter((line) => line.length > 76 && line.includes(" "))).toEqual([]);
  }
});

test("an email with personal links says so in both parts, and no other does", () => {
  const said = en.emails.foot.personal;
  for (const { mail } of specimens) {
    const isPersonal = mail.text.includes("\0leave\0") || mail.text.includes("\0preferences\0");
    const foot = mail.text.slice(mail.text.lastIndexOf("* * *"));
    expect([mail.html.includes(said), foot.includes(said)]).toEqual([isPersonal, isPersonal]);
  }
});

test("a chapter's preheader is not its standfirst, which follows in clients without styles", () => {
  const { html = "" } = specimens.find(({ name }) => name === "chapter")?.mail ?? {};
  const preheader = /<div style="display:none;[^"]*">([^<]*)<\/div>/.exec(html)?.[1];
  expect(preheader).toBe("Transformers, 5 minutes to read");
});
