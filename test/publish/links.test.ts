/** Checks links to chapters, within the text and to other sites, on the page and in feed and Markdown. */
import { describe, expect, test } from "vitest";
import { catalogueAt, withholdLinks } from "../../src/library/catalogue.ts";
import type { Manifest } from "../../src/library/manifest.ts";
import { originMark } from "../../src/library/objects.ts";
import { en } from "../../src/ui/words/en.ts";
import { compile, problemsOf, publish } from "./one-text.ts";

describe("links", () => {
  const links: [markdown: string, page: string, feed: string, copy: string][] = [
    [
      "[a](leaves)",
      '<a class="chapter" href="/tea/leaves">a</a>',
      '<a class="chapter" href="{origin}/tea/leaves">a</a>',
      "[a]({origin}/tea/leaves)",
    ],
    [
      "[a](leaves#green)",
      '<a class="chapter" href="/tea/leaves#green">a</a>',
      '<a class="chapter" href="{origin}/tea/leaves#green">a</a>',
      "[a]({origin}/tea/leaves#green)",
    ],
    [
      "[a](pots/clay)",
      '<a class="chapter" href="/pots/clay">a</a>',
      '<a class="chapter" href="{origin}/pots/clay">a</a>',
      "[a]({origin}/pots/clay)",
    ],
    [
      "[a](/pots/clay)",
      '<a class="chapter" href="/pots/clay">a</a>',
      '<a class="chapter" href="{origin}/pots/clay">a</a>',
      "[a]({origin}/pots/clay)",
    ],
    [
      "[a](leaves.md)",
      '<a class="chapter" href="/tea/leaves">a</a>',
      '<a class="chapter" href="{origin}/tea/leaves">a</a>',
      "[a]({origin}/tea/leaves)",
    ],
    [
      "[a](../pots/clay.md#top)",
      '<a class="chapter" href="/pots/clay#top">a</a>',
      '<a class="chapter" href="{origin}/pots/clay#top">a</a>',
      "[a]({origin}/pots/clay#top)",
    ],
    [
      "[a](pots)",
      '<a class="chapter" href="/pots/">a</a>',
      '<a class="chapter" href="{origin}/pots/">a</a>',
      "[a]({origin}/pots/)",
    ],
    ["[a](/about)", '<a href="/about">a</a>', '<a href="{origin}/about">a</a>', "[a]({origin}/about)"],
    [
      '[a](leaves "A \\"hot\\" title")',
      '<a class="chapter" href="/tea/leaves" title="A &quot;hot&quot; title">a</a>',
      '<a class="chapter" href="{origin}/tea/leaves" title="A &quot;hot&quot; title">a</a>',
      '[a]({origin}/tea/leaves "A \\"hot\\" title")',
    ],
    [
      "[a](<leaves>)",
      '<a class="chapter" href="/tea/leaves">a</a>',
      '<a class="chapter" href="{origin}/tea/leaves">a</a>',
      "[a](<{origin}/tea/leaves>)",
    ],
    [
      "[`a](b)`](leaves)",
      '<a class="chapter" href="/tea/leaves"><code>a](b)</code></a>',
      '<a class="chapter" href="{origin}/tea/leaves"><code>a](b)</code></a>',
      "[`a](b)`]({origin}/tea/leaves)",
    ],
    [
      "[a][l]\n\n[l]: leaves",
      '<a class="chapter" href="/tea/leaves">a</a>',
      '<a class="chapter" href="{origin}/tea/leaves">a</a>',
      "[a][l]\n\n[l]: {origin}/tea/leaves",
    ],
    [
      "[a](https://example.org/x?a=1&b=2)",
      '<a href="https://example.org/x?a=1&amp;b=2">a</a>',
      '<a href="https://example.org/x?a=1&amp;b=2">a</a>',
      "[a](https://example.org/x?a=1&b=2)",
    ],
    [
      "[a](https://example.org/x?a=1&amp;b=2)",
      '<a href="https://example.org/x?a=1&amp;b=2">a</a>',
      '<a href="https://example.org/x?a=1&amp;b=2">a</a>',
      "[a](https://example.org/x?a=1&amp;b=2)",
    ],
    [
      "[a](https://example.org/茶)",
      '<a href="https://example.org/%E8%8C%B6">a</a>',
      '<a href="https://example.org/%E8%8C%B6">a</a>',
      "[a](https://example.org/茶)",
    ],
    [
      "<https://example.org/a_b>",
      '<a href="https://example.org/a_b">https://example.org/a_b</a>',
      '<a href="https://example.org/a_b">https://example.org/a_b</a>',
      "<https://example.org/a_b>",
    ],
    [
      "[a](mailto:ada@example.org)",
      '<a href="mailto:ada@example.org">a</a>',
      '<a href="mailto:ada@example.org">a</a>',
      "[a](mailto:ada@example.org)",
    ],
  ];

  test.each(links)("%s on the page", async (markdown, page) => {
    expect((await publish(`So ${markdown}`)).page).toContain(`<p>So ${page}</p>`);
  });
  test.each(links)("%s in a feed", async (markdown, _, feed) => {
    expect((await publish(`So ${markdown}`)).feed).toContain(`<p>So ${feed}</p>`);
  });
  test.each(links.filter(([markdown]) => !/<leaves>|\[l\]/.test(markdown)))(
    "%s in the Markdown copy",
    async (markdown, _, __, copy) => {
      expect((await publish(`So ${markdown}`)).markdown).toBe(`So ${copy}`);
    },
  );

  test("to a heading of this text", async () => {
    const { page, feed, markdown } = await publish("See [below](#hot-tea).\n\n## Hot tea\n");
    expect(page).toContain('<a href="#hot-tea">below</a>');
    expect(feed).toContain('<a href="{origin}/tea/cup#hot-tea">below</a>');
    expect(markdown).toContain("See [below](#hot-tea).");
  });

  test.each([
    "[a](nowhere)",
    "[a](tea/nowhere)",
    "[a](nobook)",
    "[a](leaves/more)",
    "[a]()",
    "[a](.)",
    "[a](?x)",
    "[a](//example.org)",
    "[a](/assets/x.js)",
  ])("%s is refused", async (markdown) => {
    expect(await problemsOf(`So ${markdown}.`)).toEqual([expect.stringMatching(/^1:4 {2}There is no chapter `/)]);
  });
});

describe("a chapter that is not public yet", () => {
  const nothingPublic = catalogueAt(0, { books: [] } as unknown as Manifest);
  const notYet = en.chapter.notPublishedYet;
  /** As stored in the object. */
  const asKept = (feed: string): string => feed.replaceAll("{origin}", originMark);

  test.each([
    "[*soon*](leaves)",
    '[*soon*](leaves "With a title")',
    "[*soon*](leaves#green)",
    '[*soon*](leaves#green "With a title")',
  ])("%s is plain words, on the page and in a feed", async (markdown) => {
    const { page, feed } = await publish(`Tea ${markdown}.`);
    const words = '<p>Tea <span class="to-come" title="This chapter is not published yet"><em>soon</em></span>.</p>';
    expect(withholdLinks(nothingPublic, page, notYet)).toContain(words);
    expect(withholdLinks(nothingPublic, asKept(feed), notYet)).toContain(words);
  });

  test("a link to one that is public stays a link, on the page and in a feed", async () => {
    const { page, feed } = await publish("Tea [now](leaves#green).");
    const isPublic = { ...nothingPublic, byPath: { has: (path: string) => path === "/tea/leaves" } };
    expect(withholdLinks(isPublic as never, page, notYet)).toContain(
      '<a class="chapter" href="/tea/leaves#green">now</a>',
    );
    expect(withholdLinks(isPublic as never, asKept(feed), notYet)).toContain(
      `<a class="chapter" href="${originMark}/tea/leaves#green">now</a>`,
    );
  });
});

describe("the Markdown copy", () => {
  test("is the source with absolute addresses, wherever they stand", async () => {
    const source = [
      "## See [a](leaves)",
      "- in *a [list](leaves)*\n  > and [deeper](pots/clay)",
      "| [cell](leaves) | a \\| [b](pots) |\n| --- | --- |\n| `[code](leaves)` | [leaves](leaves) |",
      ":::note[Of [pots](pots)]\nSee [leaves](leaves) and [leaves](leaves).\n:::",
      "```text\n[listing](leaves)\n```",
      '![Teas.](figure:six-teas "Like [leaves](leaves), \\"hot\\" [pots](pots).")',
      "Twice[^n] [leaves](leaves).",
      "[^n]: In [a note](pots/clay).",
    ].join("\n\n");
    const { markdown } = await publish(source);
    const wanted = source
      .replace(
        /(?<!`)(\[(?!code|listing)[a-z]+(?: [a-z]+)?\])\((leaves|pots\/clay|pots)\)/g,
        (_, words: string, to: string) => {
          const path = to === "leaves" ? "/tea/leaves" : to === "pots" ? "/pots/" : "/pots/clay";
          return `${words}({origin}${path})`;
        },
      )
      .replace(/figure:six-teas/, () => /\{origin\}\/media\/[0-9a-f]{64}\.svg/.exec(markdown)?.[0] ?? "a picture");
    expect(markdown).toBe(wanted);
  });

  test("keeps maths, notes, boxes and citations as the author wrote them", async () => {
    const source = "A $x_1$[^n] [@Okakura06].\n\n$$\nx \\label{e}\n$$\n\n:::note\n\\eqref{e}\n:::\n\n[^n]: Hot.";
    expect((await publish(source)).markdown).toBe(source);
  });

  test("leaves code alone that looks like the place of an address", async () => {
    const code = "```js\n{origin}\n[x](/about)\n```\n\n`[x](/about)`";
    expect((await publish(`${code}, [x](/about)`)).markdown).toBe(`${code}, [x]({origin}/about)`);
    const { copy, objects, object } = await compile(code);
    for (const text of [copy, String(objects.get(object))]) expect(text).not.toContain("origin\0");
  });
});
