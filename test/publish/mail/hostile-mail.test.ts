/** Checks that the email of any text runs no scripts, loads only its own images, and is nested correctly. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type MailObject, originMark } from "../../../src/library/objects.ts";
import { anyText } from "../any-text.ts";
import { dangersIn, hostile, runs, unbalancedIn } from "../hostile-html.ts";
import { compile } from "../one-text.ts";

async function mailFrom(markdown: string): Promise<MailObject | undefined> {
  const { mail, objects } = await compile(markdown, undefined, undefined, { asMail: true });
  return mail && (JSON.parse(String(objects.get(mail.mail))) as MailObject);
}

const pictureSource = new RegExp(`^${originMark}/mail/[0-9a-f]{64}/\\d+-\\d+\\.png$`);

test.each([
  ["hostile", hostile, 500, 60],
  ["well-formed", anyText, 250, 150],
] as const)("%s texts", { timeout: 240_000 }, async (_, texts, numRuns, atLeast) => {
  let compiled = 0;
  await fc.assert(
    fc.asyncProperty(texts, async (markdown) => {
      const mail = await mailFrom(markdown);
      if (!mail) return;
      compiled += 1;
      // The origin mark is not a URL, so a real one replaces it.
      const html = mail.html.replaceAll(originMark, "https://library.example");
      expect(dangersIn(html)).toEqual([]);
      expect(unbalancedIn(html)).toEqual([]);
      const sources = [...mail.html.matchAll(/<img src="([^"]*)"/g)].map(([, source = ""]) => source);
      expect(sources.filter((source) => !pictureSource.test(source))).toEqual([]);
      expect(mail.html.replaceAll(originMark, "")).not.toContain("\0");
      expect(mail.text.replaceAll(originMark, "")).not.toMatch(/\0|\u2007|https:\/\/a-library-of/);
    }),
    runs(numRuns),
  );
  // Otherwise the property would prove little.
  expect(compiled).toBeGreaterThan(atLeast);
});

test("signs that mean something in HTML, in replacements and in CSS stay what they are", async () => {
  const mail = await mailFrom(
    '$& $1 <kbd>&lt;b&gt;</kbd> `</style>` "a" {origin} $a<b$ $\\hat a<b$ \uE000 🍵 e\u0301\n',
  );
  expect(mail?.html).toContain("$&amp; $1 <kbd");
  expect(mail?.html).toContain("&lt;b&gt;</kbd>");
  expect(mail?.html).toContain("&lt;/style&gt;</code>");
  expect(mail?.html).toContain("<i>a</i>\u00a0&lt;\u00a0<i>b</i>");
  expect(mail?.html).toContain('alt="a hat less than b"');
  expect(mail?.text).toContain("$& $1 <b> `</style>` “a” {origin} a < b â < b \uE000 🍵 e\u0301");
});
