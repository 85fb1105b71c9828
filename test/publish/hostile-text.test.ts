/** Checks that the page of any text runs no scripts, loads nothing from other hosts, and is nested correctly. */
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { afterAll, describe, expect, test } from "vitest";
import { parseChapter } from "../../src/library/chapter-object.ts";
import { anyText } from "./any-text.ts";
import { dangersIn, hostile, runs, unbalancedIn } from "./hostile-html.ts";
import { compile } from "./one-text.ts";

/** Nested links, which HTML does not allow: a browser closes the outer one. */
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

/** The same seed makes the same texts for several tests, so each is compiled once. Only what they read is kept. */
const compiledTexts = new Map<string, ReturnType<typeof compileAnew>>();
function compileOnce(markdown: string): ReturnType<typeof compileAnew> {
  const text = compiledTexts.get(markdown) ?? compileAnew(markdown);
  compiledTexts.set(markdown, text);
  return text;
}
async function compileAnew(markdown: string) {
  const { html, feedHtml, problems, objects, object } = await compile(markdown);
  const chapter = objects.get(object);
  const contents = chapter && parseChapter(chapter).headings.map((heading) => heading.html);
  return { html, feedHtml, problems, contents };
}
afterAll(() => compiledTexts.clear());

describe("any text", () => {
  test("page and feed hold nothing dangerous", { timeout: 120_000 }, async () => {
    let compiled = 0;
    await fc.assert(
      fc.asyncProperty(hostile, async (markdown) => {
        const { html, feedHtml, contents } = await compileOnce(markdown);
        if (contents === undefined) return;
        compiled += 1;
        expect([html, feedHtml ?? "", ...contents].flatMap(dangersIn)).toEqual([]);
      }),
      runs(4000),
    );
    // Otherwise the property would prove little.
    expect(compiled).toBeGreaterThan(400);
  });

  test("the page's own elements are closed in the order in which they were opened", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (markdown) => {
        const { html, feedHtml } = await compileOnce(markdown);
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
        for (const { line, column, message, fix } of (await compileOnce(markdown)).problems) {
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
