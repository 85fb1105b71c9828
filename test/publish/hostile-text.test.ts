/** Whatever stands in a text, the page it becomes runs nothing, loads nothing from elsewhere, and nests as it was written. */
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { anyText } from "./any-text.ts";
import { compile } from "./one-text.ts";

const forbiddenElements =
  /^(script|style|iframe|frame|object|embed|applet|base|meta|link|form|template|noscript|portal|foreignobject|animate|set)$/;
const urlAttributes = /^(href|src|action|formaction|xlink:href|data|poster|srcset|background|cite|ping)$/;

/** What is dangerous in a piece of HTML, as a browser would read it. */
function dangersIn(html: string): string[] {
  const dangers: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (forbiddenElements.test(name)) dangers.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (attribute.startsWith("on")) dangers.push(`${attribute} of <${name}>`);
        if (!urlAttributes.test(attribute)) continue;
        // Browsers take away blanks and control characters before they look for a scheme.
        // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip these inside a scheme
        const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.replace(/[\u0000-\u0020\u007f-\u009f]/g, ""))?.[1];
        if (scheme !== undefined && !["http", "https", "mailto"].includes(scheme.toLowerCase())) dangers.push(value);
      }
    },
  });
  parser.end(html);
  return dangers;
}

/** Names of elements that are opened and not closed, or closed in another order. */
function unbalancedIn(html: string): string[] {
  const open: string[] = [];
  const unbalanced: string[] = [];
  const isVoid = /^(br|hr|wbr|img|input|mspace|path)$/;
  for (const [, slash, name = "", closed] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^<>]*?(\/?)>/gi)) {
    if (slash) {
      if (open.pop() !== name) unbalanced.push(name);
    } else if (!closed && !isVoid.test(name)) open.push(name);
  }
  return [...unbalanced, ...open];
}

const pieces = [
  ..."<>\"'&;`*_~[]()!#|:$\\/=-\n \t",
  "\n\n",
  "<script>",
  "</script>",
  "<ScRiPt ",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe src=",
  "<a href=",
  "javascript:alert(1)",
  "JaVa\tScRiPt:",
  "java&#115;cript:x",
  "&#x6A;avascript&colon;",
  "data:text/html,",
  "vbscript:x",
  "\u0001javascript:x",
  "](",
  "![a](",
  '![a](figure:paw-rounds "',
  "[a]: ",
  "[^a]",
  "[^a]: ",
  "$x$",
  "$$\n",
  "\n$$\n",
  "\\href{javascript:x}{y}",
  "$\\text{<script>}$",
  ":::note[",
  ":::\n",
  ":::questions\n1. a\n\n   b\n",
  "| a | b |\n| - | - |\n",
  "```js\n",
  "\n```\n",
  "<kbd>",
  "</kbd>",
  "<details>",
  "</details>",
  '<abbr title="',
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?php",
  "<!DOCTYPE",
  "onclick=",
  '" onmouseover="x',
  "&quot;",
  "&lt;script&gt;",
  "## ",
  "> ",
  "- ",
  "1. ",
  "[@Okakura06]",
  "\\eqref{",
  '\\label{a"b}',
  "{origin}",
  "\u0000",
  "\u2028",
  "é",
  "🍵",
  "tea",
];

const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 24 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.webUrl().map((url) => `[a](${url}) <${url}>`),
);

/** Links inside links, which HTML does not have: a browser closes the outer one. */
function linksInLinks(html: string): string[] {
  const open: string[] = [];
  const nested: string[] = [];
  const parser = new Parser({
    onopentag(name, { href = "" }) {
      if (name === "a" && open.length > 0) nested.push(`${open.at(-1)} > ${href}`);
      if (name === "a") open.push(href);
    },
    onclosetag: (name) => name === "a" && open.pop(),
  });
  parser.end(html);
  return nested;
}

/** Random, but the same at every run: a failure can be looked at, and no run fails for another's find. */
const runs = (numRuns: number) => ({ numRuns, seed: 18980512 });

describe("any text", () => {
  test("page and feed hold nothing dangerous", { timeout: 120_000 }, async () => {
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(hostile, async (markdown) => {
        const { html, feedHtml, kept } = await compile(markdown);
        if (kept === "") return;
        compiled += 1;
        const contents = (JSON.parse(kept) as { headings: { html: string }[] }).headings.map((heading) => heading.html);
        expect([html, feedHtml ?? "", ...contents].flatMap(dangersIn)).toEqual([]);
      }),
      runs(4000),
    );
    // Otherwise the property would say little.
    expect(compiled).toBeGreaterThan(400);
  });

  test("the page's own elements are closed in the order in which they were opened", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (markdown) => {
        const { html, feedHtml } = await compile(markdown);
        expect(unbalancedIn(html)).toEqual([]);
        expect(unbalancedIn(feedHtml ?? "")).toEqual([]);
      }),
      runs(3000),
    );
  });

  test("no link stands inside a link, and no id is given twice", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, anyText), async (markdown) => {
        const { html } = await compile(markdown);
        expect(linksInLinks(html)).toEqual([]);
        const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      runs(3000),
    );
  });

  test("every problem is at a place that the text has, and says something", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (markdown) => {
        const lines = markdown.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
        for (const { line, column, message, fix } of (await compile(markdown)).problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual([...(lines[line - 1] ?? "")].length + 1);
          expect(`${message} ${fix}`).not.toMatch(/undefined|\[object|native code/);
        }
      }),
      runs(3000),
    );
  });
});

describe("links that are no links", () => {
  test.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<javascript:alert(1)>)",
    "<javascript:alert(1)>",
    "[x](&#x6A;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "[x](//example.org/evil)",
    "[x](\u0001javascript:alert(1))",
  ])("%s", async (markdown) => {
    const { problems, html } = await compile(markdown);
    expect(
      problems.filter(({ severity }) => severity === "error").length + Number(!html.includes("href")),
    ).toBeGreaterThan(0);
    expect(dangersIn(html)).toEqual([]);
  });
});
