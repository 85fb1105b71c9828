/** Checks marks of the index: their words in every output, their anchors, and the messages for wrong ones. */
import { describe, expect, test } from "vitest";
import { formatProblems } from "../../src/publish/source/problem.ts";
import { compile, problemsOf, publish } from "./one-text.ts";

const page = async (markdown: string) => (await publish(markdown)).page;

const kept = async (markdown: string) => {
  const { index } = await compile(markdown);
  return index.marks.map(({ kind, entry, anchor, isMain, see }) => [
    kind,
    entry.join(" > "),
    anchor,
    isMain,
    see?.join(" > "),
  ]);
};

describe("the words of a mark", () => {
  test("are an anchor on the page, and only words elsewhere", async () => {
    const { copy, ...text } = await compile("A cup of [green tea]{.index}, hot.", undefined, undefined, {
      asMail: true,
    });
    expect(await page("A cup of [green tea]{.index}, hot.")).toContain(
      'A cup of <span id="term.green-tea">green tea</span>, hot.',
    );
    expect(copy).toBe("A cup of green tea, hot.");
    expect(text.feedHtml).toContain("A cup of green tea, hot.");
    const mail = [...text.objects.values()].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
    expect(mail).toContain("A cup of green tea, hot.");
    expect(mail).not.toContain(".index");
  });

  test.each([
    ["*slow [tea]{.index}* is", '<em>slow <span id="term.tea">tea</span></em> is'],
    ["**[tea]{.index}**", '<strong><span id="term.tea">tea</span></strong>'],
    ["[**black** *tea*]{.index}", '<span id="term.black-tea"><strong>black</strong> <em>tea</em></span>'],
    ["[[leaves](leaves)]{.index}", '<span id="term.leaves"><a class="chapter" href="/tea/leaves">leaves</a></span>'],
    ["[`steep(3)`]{.index}", '<span id="term.steep3"><code>steep(3)</code></span>'],
    ["これは[緑茶]{.index}です", 'これは<span id="term.緑茶">緑茶</span>です'],
    ["هذا [شاي]{.index} ساخن", 'هذا <span id="term.شاي">شاي</span> ساخن'],
    ['“[tea]{.index}”, "[pot]{.index}"', '“<span id="term.tea">tea</span>”, “<span id="term.pot">pot</span>”'],
    // A star in an entry starts no emphasis.
    ['*a [tea]{.index entry="A* tea"} b*', '<em>a <span id="term.a-tea">tea</span> b</em>'],
    ["[[oolong]{.index} tea]{.index}", '<span id="term.oolong-tea"><span id="term.oolong">oolong</span> tea</span>'],
  ])("%s", async (markdown, html) => {
    expect((await page(markdown)).replace(/\s+/g, " ")).toContain(html);
  });

  test("may contain formulas, which the entry has as text", async () => {
    const written = "The [$k$-th cup]{.index} is cold.";
    expect(await page(written)).toMatch(/<span id="term\.k-th-cup"><span class="glue"><span class="katex">/);
    expect((await kept(written))[0]?.[1]).toBe("k-th cup");
  });

  test("in a heading: its anchor is that of the heading, and no id is there twice", async () => {
    const written = "## Brewing [sencha]{.index}\n\nText.";
    const html = await page(written);
    expect(html).toContain('<h2 id="brewing-sencha">Brewing sencha</h2>');
    expect(await kept(written)).toEqual([["index", "sencha", "brewing-sencha", false, undefined]]);
  });

  test("in boxes, captions, notes, tables and lists", async () => {
    const written = [
      ":::example[A [cup]{.index}]",
      "One.",
      ":::",
      "",
      "- a [pot]{.index}[^n]",
      "",
      "[^n]: With a [lid]{.index}.",
      "",
      "| [tin]{.index} | b |",
      "| --- | --- |",
      "| 1 | [jar]{.index} |",
      "",
      ": A [crate]{.index}. {#tbl:one}",
    ].join("\n");
    const html = await page(written);
    for (const word of ["cup", "pot", "lid", "tin", "jar", "crate"])
      expect(html.split(`id="term.${word}"`).length).toBe(2);
    expect((await compile(written)).copy).not.toContain("{.index");
  });
});

describe("entries", () => {
  test.each([
    ['[cups]{.index entry="cup"}', ["index", "cup", "term.cup", false, undefined]],
    ["[cups]{.index entry='cup!of tea'}", ["index", "cup > of tea", "term.cup-of-tea", false, undefined]],
    ['[x]{.index entry="Wow\\!"}', ["index", "Wow!", "term.wow", false, undefined]],
    ["[cup]{ .index .main }", ["index", "cup", "term.cup", true, undefined]],
    ["[Assam]{.model}", ["model", "Assam", "term.assam", false, undefined]],
    ["[Tea-1M]{.main .dataset}", ["dataset", "Tea-1M", "term.tea-1m", true, undefined]],
    ['[mug]{.index see="cup!of tea"}', ["index", "mug", undefined, false, "cup > of tea"]],
    ["[C++]{.index}", ["index", "C++", "term.c", false, undefined]],
    ["[++]{.index}", ["index", "++", "term.sign", false, undefined]],
    ["[it's]{.index}", ["index", "it’s", "term.its", false, undefined]],
  ])("%s", async (written, mark) => {
    expect(await kept(`Text ${written}.`)).toEqual([mark]);
  });

  test("a second mark of a term has its own anchor", async () => {
    const anchors = (await kept("A [cup]{.index} and a [cup]{.index}.")).map(([, , anchor]) => anchor);
    expect(anchors).toEqual(["term.cup", "term.cup-1"]);
  });

  test("other brackets and braces are not marks", async () => {
    expect(await kept("A `[cup]{.index}` and \\[cup\\]\\{.index} and [a b].")).toEqual([]);
    expect(await kept("$a[b]{.index}$ costs $5.")).toEqual([]);
  });
});

describe("what is wrong is reported with its place", () => {
  test.each([
    ["A []{.index} cup.", "This mark of the index has no words."],
    ['A [cup]{.index entry=""}.', "`entry` is empty."],
    ['A [cup]{.index entry="a!"}.', "`entry` has an empty level."],
    ['A [cup]{.index entry="a!b!c"}.', "`entry` has 3 levels."],
    ['A [cup]{.index see=" "}.', "`see` is empty."],
    ['A [cup]{.index entyr="a"}.', "Unknown attribute `entyr`."],
    ["A [cup]{.index .mian}.", "Unknown class `.mian`."],
    ["A [cup]{.index .model}.", "A mark has one kind."],
    ['A [cup]{.index .main see="a"}.', "An entry that only says “see” has no place."],
    ['A [cup]{.index entry="a" entry="b"}.', "`entry` is given twice."],
    ["A [cup]{.index entry}.", "`entry` is no class and no attribute."],
    ['A [cup]{.index entry="a.', "This brace is not closed."],
    ["A [cup]{.index", "This brace is not closed."],
    ["A cup {.index}.", "`{.index}` would be printed literally."],
    ["A [cup](leaves){.index}.", "`{.index}` would be printed literally."],
  ])("%s", async (written, message) => {
    expect((await problemsOf(written)).map((problem) => problem.replace(/^\S+ +/, ""))).toContain(message);
  });

  test("line, column, fix and underline", async () => {
    const { problems } = await compile('One.\n\nA [cup]{.index entyr="a"}.');
    expect(formatProblems(problems, (text) => text)).toMatchInlineSnapshot(`
      "content/tea/cup.md:3:16  error  Unknown attribute \`entyr\`.
        3 | A [cup]{.index entyr="a"}.
          |                ^^^^^^^^^
        -> Did you mean \`entry\`?

      1 error."
    `);
  });
});
