/** Checks sidenotes, boxes and self-checks, on the page and in the feed. */
import { describe, expect, test } from "vitest";
import { compile, problemsOf, publish } from "./one-text.ts";

const noteOf = (number: number, html: string): string =>
  `<a class="note-mark" id="note-mark-${number}" href="#note-${number}" role="doc-noteref" aria-label="Note ${number}">${number}</a>` +
  `<span class="note" id="note-${number}" role="note"> <span class="note-number" aria-hidden="true">${number}</span> ${html}` +
  ` <a class="note-close" href="#note-mark-${number}">Back to the text</a> </span>`;

describe("notes", () => {
  const text = "Tea[^b] and milk[^a].\n\n[^a]: From *cows*.\n\n[^b]: See [leaves](leaves) [@Okakura06].\n";

  test("stand right behind their mark, and are numbered as they are read", async () => {
    const { page } = await publish(text);
    const tea = noteOf(
      1,
      'See <a class="chapter" href="/tea/leaves">leaves</a> <span class="citation"><a href="#ref-Okakura06" role="doc-biblioref">[1]</a></span>.',
    );
    expect(page.trim()).toBe(`<p>Tea${tea} and milk${noteOf(2, "From <em>cows</em>.")}.</p>`);
  });

  test("come at the end of a feed entry", async () => {
    const { feed } = await publish(text);
    const mark = (number: number) =>
      `<sup id="note-mark-${number}"><a href="{origin}/tea/cup#note-${number}">${number}</a></sup>`;
    expect(feed).toContain(`<p>Tea${mark(1)} and milk${mark(2)}.</p>\n<h2>Notes</h2>\n<ol>\n<li id="note-1">See `);
    expect(feed).toContain(
      '<li id="note-2">From <em>cows</em>. <a href="{origin}/tea/cup#note-mark-2">Back to the text</a></li>\n</ol>',
    );
  });

  test.each([
    ["in a list", "- Tea[^a]\n\n[^a]: Hot.\n", `<li>Tea${noteOf(1, "Hot.")}</li>`],
    ["in a table", "| Tea[^a] |\n| --- |\n| x |\n\n[^a]: Hot.\n", `<th scope="col">Tea${noteOf(1, "Hot.")}</th>`],
    ["in a box that holds the note too", ":::note\nTea[^a].\n\n[^a]: Hot.\n:::\n", `<p>Tea${noteOf(1, "Hot.")}.</p>`],
    ["written before it is used", "[^a]: Hot.\n\nTea[^a].\n", `<p>Tea${noteOf(1, "Hot.")}.</p>`],
    ["over two lines", "Tea[^a].\n\n[^a]: Hot,\nor cold.\n", `<p>Tea${noteOf(1, "Hot,\nor cold.")}.</p>`],
    ["with a quote of its own", 'A "cup[^a]" here.\n\n[^a]: "Hot".\n', `<p>A “cup${noteOf(1, "“Hot”.")}” here.</p>`],
  ])("%s", async (_, markdown, html) => {
    expect((await publish(markdown)).page).toContain(html);
  });

  test("in a caption they are refused in words that fit", async () => {
    const [first] = await problemsOf("![A tea](figure:six-teas 'Tea[^a]')\n\n[^a]: Hot.\n");
    expect(first).toMatch(/^1:\d+ {2}A note cannot be used in a caption\.$/);
  });
});

describe("boxes", () => {
  test.each([
    ["in-short", "In short"],
    ["example", "Worked example"],
    ["note", "Note"],
    ["warning", "Warning"],
  ])("%s, without a title and with one", async (name, kind) => {
    const { page } = await publish(`:::${name}\nTea.\n:::\n\n:::${name}[A "hot" *cup*]\nTea.\n:::\n`);
    expect(page).toBe(
      `<div class="box ${name}" role="group" aria-label="${kind}"><p class="box-title"><span class="box-kind">${kind}</span></p>\n<p>Tea.</p>\n</div>\n` +
        `<div class="box ${name}" role="group" aria-label="${kind}: A &quot;hot&quot; cup"><p class="box-title"><span class="box-kind">${kind}</span> <span class="box-name">A “hot” <em>cup</em></span></p>\n<p>Tea.</p>\n</div>\n`,
    );
  });

  test("a misconception has the false claim above it", async () => {
    const { page, feed } = await publish(":::misconception[Tea is a herb.]\nIt is a leaf.\n:::\n");
    expect(page).toContain('<span class="box-kind">Misconception</span> <span class="box-name">Tea is a herb.</span>');
    expect(feed).toContain(
      "<blockquote><p><strong>Misconception: Tea is a herb.</strong></p><p>It is a leaf.</p>\n</blockquote>",
    );
  });

  test.each([
    [
      "everything else",
      ":::note\n## Two\n\n- a\n- b\n\n> q\n\n| t |\n| --- |\n| c |\n\n```python\nx = 1\n```\n:::\n",
      /<h2 [\s\S]*<ul>[\s\S]*<blockquote>[\s\S]*<table>[\s\S]*data-language="python"/,
    ],
    [
      "paragraphs, inside a list too",
      "- :::note\n  Tea.\n  :::\n",
      /<li><div class="box note"[\s\S]*<p>Tea\.<\/p>\n<\/div><\/li>/,
    ],
  ])("hold %s", async (_, markdown, html) => {
    expect((await publish(markdown)).page).toMatch(html);
  });

  test.each([
    ["right behind a paragraph", "Before.\n:::note\nTea.\n:::\nAfter.\n", '<p>Before.</p>\n<div class="box note"'],
    ["right behind a heading", "## Before\n:::note\nTea.\n:::\n", '</a></div>\n<div class="box note"'],
    ["right behind a formula", "$$\nx\n$$\n:::note\nTea.\n:::\n", '</div>\n<div class="box note"'],
  ])("may stand %s, without a blank line", async (_, markdown, html) => {
    expect((await publish(markdown)).page).toContain(html);
  });

  test.each([
    ["a list", "- Before.\n:::note\nTea.\n:::\n"],
    ["a quotation", "> Before.\n:::note\nTea.\n:::\n"],
  ])("are never shown as colons, not even right behind %s", async (_, markdown) => {
    expect((await compile(markdown)).html).not.toContain(":::");
  });

  test.each([
    ["a listing", "```text\n:::\n```", "```text\n:::note\nTea.\n:::\n```"],
    ["one between tildes", "~~~text\n:::\n~~~", "~~~text\n```\n:::\n~~~"],
    ["one in a longer fence", "````text\n```\n:::\n```\n````", "````text\n:::\n````"],
    ["one in a list", "- Steep:\n\n  ```text\n  :::\n  ```", "- ```text\n  :::\n  ```"],
    ["one in a quotation", "> ```text\n> :::\n> ```", "> ~~~text\n> :::\n> ~~~"],
  ])("do not end within %s", async (_, first, second) => {
    const { page } = await publish(`:::note\n${first}\n\nIn it.\n\n${second}\n:::\n\nAfter it.\n`);
    expect(page).toMatch(/<p>In it\.<\/p>\n[\s\S]*<\/div>\n<p>After it\.<\/p>\n$/);
    expect(page.match(/class="box note"/g)).toHaveLength(1);
    expect(page).toContain(":::");
  });

  test("inside each other are refused in words that say so", async () => {
    expect(await problemsOf(":::note\nA.\n\n:::warning\nB.\n:::\n\nC.\n:::\n")).toContain(
      "4:1  Boxes cannot be nested.",
    );
  });

  test.each([
    ["a table", "| a |\n| --- |\n| b |\n:::note\nTea.\n:::\n", "4:1"],
    ["HTML", "<sub>x</sub>\n\n<br>\n:::note\nTea.\n:::\n", "3:1"],
  ])("are refused right behind %s", async (_, markdown, place) => {
    expect(await problemsOf(markdown)).toContain(`${place}  This \`:::\` would be printed literally.`);
  });

  test("a title may hold brackets of links, code and maths", async () => {
    const { page } = await publish(":::note[The `a[0]` of [leaves](leaves), $x[1]$]\nTea.\n:::\n");
    expect(page).toContain('The <code>a[0]</code> of <a class="chapter" href="/tea/leaves">leaves</a>, ');
  });
});

describe("check questions", () => {
  const text = ':::questions\n1. What is "hot"?\n\n   Tea.\n\n   And coffee.\n2. And $x$?\n\n   - a\n   - b\n:::\n';

  test("hide each answer until it is asked for", async () => {
    const { page } = await publish(text);
    expect(page).toContain('aria-label="Check your understanding"');
    expect(page).toMatch(
      /<li id="q\.[0-9a-f]{10}"><p>What is “hot”\?<\/p>\n<details><summary>Answer<\/summary><p>Tea.<\/p>\n<p>And coffee.<\/p>\n<\/details><\/li>/,
    );
    expect(page).toMatch(
      /<details><summary>Answer<\/summary><ul>\n<li>a<\/li>\n<li>b<\/li>\n<\/ul>\n<\/details><\/li>/,
    );
  });

  test("show it after all questions in a feed, which has nothing to open", async () => {
    const { feed } = await publish(text);
    expect(feed).toContain("<ol>\n<li><p>What is “hot”?</p>\n</li>\n<li><p>And <math");
    expect(feed).toContain(
      "</ol>\n<p><strong>Answers</strong></p>\n<ol>\n<li><p>Tea.</p>\n<p>And coffee.</p>\n</li>\n<li><ul>\n<li>a</li>",
    );
  });

  test("count for nothing in the reading time", async () => {
    const answer = "tea ".repeat(600);
    expect((await publish(`Tea.\n\n:::questions\n1. Why?\n\n   ${answer}\n:::\n`)).minutes).toBe(1);
    expect((await publish(`Tea.\n\n:::note\n${answer}\n:::\n`)).minutes).toBe(3);
  });
});
