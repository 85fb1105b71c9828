/** Checks typographic quotes, dashes and apostrophes; code and formulas stay unchanged. */
import { describe, expect, test } from "vitest";
import { publish, withTex } from "./one-text.ts";

const paragraph = async (markdown: string): Promise<string> =>
  withTex((await publish(markdown)).page)
    .trim()
    .replace(/^<p>([\s\S]*)<\/p>$/, "$1");

describe("quotes", () => {
  test.each([
    ['He said "tea".', "He said “tea”."],
    ['"Tea", he said, "and milk."', "“Tea”, he said, “and milk.”"],
    ["The cat's cup, the cats' cup", "The cat’s cup, the cats’ cup"],
    ["don't, it's, o'clock", "don’t, it’s, o’clock"],
    ["the '90s and '68", "the ’90s and ’68"],
    ["'single' words", "‘single’ words"],
    ["81.5 % of 140", "81.5\u00a0% of 140"],
    ["tea — or coffee – or not", "tea\u00a0— or coffee\u00a0– or not"],
    ["*tea* --- or 1 – 2", "<em>tea</em>\u00a0— or 1\u00a0– 2"],
    ["— a list that begins with one\n— or two", "— a list that begins with one\u00a0— or two"],
    ['("in brackets") and ["square"]', "(“in brackets”) and [“square”]"],
    ['"*emphasis*" and *"inside"*', "“<em>emphasis</em>” and <em>“inside”</em>"],
    ['**"bold"**, _"thin"_', "<strong>“bold”</strong>, <em>“thin”</em>"],
    ['"`code`" and "[link](leaves)"', '“<code>code</code>” and “<a class="chapter" href="/tea/leaves">link</a>”'],
    ['"$x$" and "a $x$"', '<span class="glue">“⟨x⟩”</span> and “a <span class="glue">⟨x⟩”</span>'],
    ['before--"after"', "before–“after”"],
    ["\"'tea' inside\"", "“‘tea’ inside”"],
    ["'a \"b\" c'", "‘a “b” c’"],
    [
      '"as he wrote [@Okakura06]" and on',
      '“as he wrote <span class="citation"><a href="#ref-Okakura06" role="doc-biblioref">[1]</a></span>” and on',
    ],
    ['a<br>"b"', "a<br>“b”"],
    ['"<kbd>K</kbd>"', "“<kbd>K</kbd>”"],
    ['"a\nb"', "“a\nb”"],
    ["&quot;entity&quot;", "“entity”"],
  ])("%s", async (markdown, html) => {
    expect(await paragraph(markdown)).toBe(html);
  });

  test('"see \\eqref{e}" closes behind the number', async () => {
    const { page } = await publish('As in "see \\eqref{e}" here.\n\n$$\nx \\label{e}\n$$\n');
    expect(page).toContain('“see <a href="#eq-e">(1)</a>” here');
  });

  test.each([
    ['- "a"\n- "b"', "<li>“a”</li>\n<li>“b”</li>"],
    ['| "a" | "b" |\n| --- | --- |\n| "c" | d |', '<th scope="col">“a”</th><th scope="col">“b”</th>'],
    ['## "Head"', "“Head”</h2>"],
    ['> "quoted"', "<p>“quoted”</p>"],
    ['a\n\n"b"', "<p>a</p>\n<p>“b”</p>"],
    ['![Teas.](figure:six-teas "The \\"teas\\".")', "Figure 1.</span> The “teas”."],
  ])("begin anew in each block: %s", async (markdown, html) => {
    expect((await publish(markdown)).page).toContain(html);
  });
});

describe("dashes and dots", () => {
  test.each([
    ["10--80 %", "10–80\u00a0%"],
    ["tea---or not", "tea—or not"],
    ["wait...", "wait…"],
    ["a - b -c", "a - b -c"],
  ])("%s", async (markdown, html) => {
    expect(await paragraph(markdown)).toBe(html);
  });
});

describe("what stays as it was written", () => {
  test.each([
    ["`\"a\" -- 'b'...`", "<code>&quot;a&quot; -- 'b'...</code>"],
    ["`&amp; <b>`", "<code>&amp;amp; &lt;b&gt;</code>"],
    ["$a'' - \\text{\"b\"}$", "⟨a'' - \\text{\"b\"}⟩"],
    ["<https://example.org/a--b...c>", '<a href="https://example.org/a--b...c">https://example.org/a--b...c</a>'],
    ["https://example.org/it's", "<a href=\"https://example.org/it's\">https://example.org/it's</a>"],
  ])("%s", async (markdown, html) => {
    expect(await paragraph(markdown)).toBe(html);
  });

  test("a listing", async () => {
    const { page, feed } = await publish("```\n\"a\" -- 'b'... $x$ <b>\n```\n");
    expect(page).toContain("<code>&quot;a&quot; -- 'b'... $x$ &lt;b&gt;</code>");
    expect(feed).toContain("<code>&quot;a&quot; -- 'b'... $x$ &lt;b&gt;</code>");
  });
});
