/** Checks HTML in Markdown: what is allowed, and how it is normalised. */
import { describe, expect, test } from "vitest";
import { compile, problemsOf, publish } from "./one-text.ts";

const allowed =
  "abbr, b, bdi, bdo, br, cite, dd, del, details, dfn, dl, dt, hr, i, ins, kbd, mark, q, s, samp, small, span, sub, summary, sup, time, u, var, wbr";

describe("what gets through", () => {
  test.each([
    ["Press <kbd>Enter</kbd>.", "<p>Press <kbd>Enter</kbd>.</p>"],
    ["H<sub>2</sub>O and <b>*both*</b>", "<p>H<sub>2</sub>O and <b><em>both</em></b></p>"],
    ["one<br/>two<BR>three<br />four", "<p>one<br>two<br>three<br>four</p>"],
    ['<abbr title="Gated Recurrent Unit">GRU</abbr>', '<p><abbr title="Gated Recurrent Unit">GRU</abbr></p>'],
    ["<abbr title='a \"b\" & c'>A</abbr>", '<p><abbr title="a &quot;b&quot; &amp; c">A</abbr></p>'],
    ['<abbr title="&quot; onclick=&quot;x">A</abbr>', '<p><abbr title="&quot; onclick=&quot;x">A</abbr></p>'],
    ['<span lang="ja" dir="ltr">茶</span>', '<p><span lang="ja" dir="ltr">茶</span></p>'],
    ["<SUP>2</SUP>", "<p><sup>2</sup></p>"],
    ["a < b and c > d <- e", "<p>a &lt; b and c &gt; d &lt;- e</p>"],
    ["&lt;script&gt; &amp; &copy; &#60;b&#62;", "<p>&lt;script&gt; &amp; © &lt;b&gt;</p>"],
  ])("%s", async (markdown, html) => {
    expect((await publish(markdown)).page.trim()).toBe(html);
  });

  test("details around Markdown", async () => {
    const { page } = await publish("<details>\n<summary>More</summary>\n\nSome *tea*.\n\n</details>\n");
    expect(page.replace(/\s*\n\s*/g, "")).toBe("<details><summary>More</summary><p>Some <em>tea</em>.</p></details>");
  });
});

describe("comments are the author's own", () => {
  test.each([
    ["A <!-- not sure --> cup", "<p>A  cup</p>"],
    ["A <!-- <script>alert(1)</script> --> cup", "<p>A  cup</p>"],
    ["<!-- a block\n\n<script>\n-->\n\nA cup", "<p>A cup</p>"],
  ])("%s", async (markdown, html) => {
    const { page, feed } = await publish(markdown);
    expect(page.trim()).toBe(html);
    expect(feed).not.toMatch(/not sure|script/);
  });
});

describe("what is refused", () => {
  test.each([
    "script",
    "style",
    "iframe",
    "img",
    "a",
    "div",
    "svg",
    "math",
    "form",
    "input",
    "object",
    "embed",
    "base",
    "meta",
    "link",
  ])("<%s>", async (name) => {
    const { problems } = await compile(`Tea and <${name}>.`);
    expect(problems[0]).toMatchObject({
      line: 1,
      column: 9,
      message: `\`<${name}>\` is not allowed HTML.`,
      fix: `Write it in Markdown, or use one of these: ${allowed}.`,
    });
  });

  test("names that every object of JavaScript has are no elements", async () => {
    expect(await problemsOf("Tea and <constructor>.")).toEqual(["1:9  `<constructor>` is not allowed HTML."]);
    expect(await problemsOf("Tea and <constructor a=b>.")).toEqual(["1:9  `<constructor>` is not allowed HTML."]);
  });

  test.each([
    ['<kbd onclick="x">a</kbd>', "kbd", "onclick"],
    ['<kbd style="x">a</kbd>', "kbd", "style"],
    ['<kbd id="main">a</kbd>', "kbd", "id"],
    ['<kbd class="masthead">a</kbd>', "kbd", "class"],
    ['<span title="x">a</span>', "span", "title"],
    ["<q cite=javascript:x>a</q>", "q", "cite"],
    ["<details ontoggle=x open><summary>a</summary></details>", "details", "ontoggle"],
  ])("%s", async (markdown, name, attribute) => {
    const { problems } = await compile(`${markdown}\n`);
    expect(problems.map(({ message, fix }) => [message, fix])).toEqual([
      [
        `\`<${name}>\` cannot have the attribute \`${attribute}\` here.`,
        "Remove the attribute; appearance belongs in the stylesheet.",
      ],
    ]);
  });
});

describe("balance", () => {
  test.each([
    ["An <kbd>open one.", ["1:4  `<kbd>` is not closed here."]],
    ["A closed one</kbd>.", ["1:13  `</kbd>` has no matching opening tag."]],
    ["<b>one <i>two</b></i>", ["1:1  `<b>` is not closed here.", "1:14  `</b>` has no matching opening tag."]],
    [
      "An <kbd>open\n\nand closed</kbd> one.",
      ["1:4  `<kbd>` is not closed here.", "3:11  `</kbd>` has no matching opening tag."],
    ],
    [
      "| <kbd>a | b</kbd> |\n| --- | --- |",
      ["1:3  `<kbd>` is not closed here.", "1:13  `</kbd>` has no matching opening tag."],
    ],
    ["*<b>one*</b>", ["1:2  `<b>` is not closed here.", "1:9  `</b>` has no matching opening tag."]],
    [
      "<details>\n\n:::note\nx\n</details>\n:::\n",
      ["1:1  `<details>` is not closed here.", "5:1  `</details>` has no matching opening tag."],
    ],
  ])("%s", async (markdown, problems) => {
    expect(await problemsOf(markdown)).toEqual(problems);
  });

  test.each(["a<br>b", "a<wbr>b", "<hr>\n"])("%s needs no end", async (markdown) => {
    expect(await problemsOf(markdown)).toEqual([]);
  });
});
