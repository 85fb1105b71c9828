/** Checks how a chapter is compiled into an email: every element, in HTML and in plain text. */
import { describe, expect, test } from "vitest";
import { catalogueAt, withholdAddresses, withholdLinks } from "../../../src/library/catalogue.ts";
import type { Manifest } from "../../../src/library/manifest.ts";
import { en } from "../../../src/ui/words/en.ts";
import { mailOf } from "./one-mail.ts";

describe("the words", () => {
  test("of every part of a text, laid out in lines of 76 characters", async () => {
    const { text } =
      await mailOf(`A cup cools by $r=0.05$ a minute, says Newton [@Newton01; @Okakura06], and "that" is *all*: see [the leaves](leaves#green) and \`T(t)\`.[^why]

[^why]: He wrote it in $1701$, without his name, and measured with a thermometer filled with oil.

## How warm is it now?

:::in-short
Each minute takes the same part of what is above room temperature.
:::

$$
\\begin{aligned}T(t)&=T_0+(T_1-T_0)\\,e^{-rt},\\\\ T(0)&=T_1.\\end{aligned} \\label{newton}
$$

By \\eqref{newton} it never arrives.

1. Pour.
2. Wait, which takes longer than anybody thinks who has a cup in front of him:
   - with a lid
   - without one

> Tea began as a medicine and grew into a beverage.

| cup | after $10$ min | |
| :-- | --: | --- |
| thin | 60.7 | [leaves](leaves) |
| *thick* | $7.1\\times10^1$ | $\\sqrt{2}$ |

\`\`\`python
def cool(t):  # a line of a listing stays as long as it was written, whatever the width of the mail
    return 20 + 75 * 0.95 ** t
\`\`\`

![Six columns of tea.](figure:six-teas "Watch $x_4$.")

:::misconception[Milk first keeps it **warm**.]
It depends.
:::

:::questions
1. When is $T=20$?

   Never.

2. Why?

   See \\eqref{newton}.
:::
`);
    expect(text).toBe(`A cup cools by r = 0.05 a minute, says Newton [2, 1], and “that” is *all*:
see the leaves <{origin}/tea/leaves#green>
and \`T(t)\`.¹

   ¹ He wrote it in 1701, without his name, and measured with a thermometer
   filled with oil.


How warm is it now?
-------------------

| IN SHORT
|
| Each minute takes the same part of what is above room temperature.

    T(t) = T₀ + (T₁ − T₀) e⁻ʳᵗ,
    T(0) = T₁.    (1)

By (1) it never arrives.

 1. Pour.
 2. Wait, which takes longer than anybody thinks who has a cup in front of
    him:
    - with a lid
    - without one

| Tea began as a medicine and grew into a beverage.

cup       after 10 min
thin      60.7           leaves
*thick*   7.1 × 10¹      √2

 - leaves <{origin}/tea/leaves>

    def cool(t):  # a line of a listing stays as long as it was written, whatever the width of the mail
        return 20 + 75 * 0.95 ** t

  Figure 1. Watch x₄.

  [Image: Six columns of tea.]

| MISCONCEPTION: Milk first keeps it *warm*.
|
| It depends.

| CHECK YOUR UNDERSTANDING
|
|  1. When is T = 20?
|
|  2. Why?
|
| Answers:
|
|  1. Never.
|
|  2. See (1).


References
----------

[1] Kakuzō Okakura (1906). The Book of Tea. Fox Duffield.

[2] Isaac Newton (1701). Scala graduum caloris.`);
  });

  test("columns stand under each other, whatever letters the formulas have", async () => {
    const { text } = await mailOf("| a | b |\n| - | - |\n| $\\mathcal N$ | x |\n| $\\tilde d_i$ | x |\n| a | x |\n");
    const columns = text
      .split("\n")
      .slice(0, 4)
      .map((line) => [...line.replace(/\p{M}/gu, "")].findLastIndex((letter) => letter !== " "));
    expect(new Set(columns).size).toBe(1);
  });
});

describe("the HTML", () => {
  const styled = (html: string) => html.replace(/ style="[^"]*"/g, "");

  test("a formula is a picture with its size, its depth, and words to read aloud", async () => {
    const { html, pictures } = await mailOf("Take $\\hat d_k$, and again $\\hat d_k$.");
    expect(html).toMatch(
      /Take <span style="white-space: ?nowrap;?"><img src="\{picture 1\}" alt="d hat sub k" width="(\d+)" height="(\d+)" style="font-size: ?12px; ?white-space: ?normal; ?width: ?\1px; ?height: ?\2px; ?line-height: ?\d+px; ?vertical-align: ?-6px;?">,<\/span> and again /,
    );
    expect(pictures).toHaveLength(1);
  });

  test("no line begins with the comma behind a formula", async () => {
    const { html } = await mailOf("Take $\\hat n$, please.");
    expect(html).toMatch(/<span style="white-space: ?nowrap;?"><img [^>]*>,<\/span> please/);
  });

  test("a displayed formula has its number beside it in letters; a reference to it reads the same", async () => {
    const { html } = await mailOf("$$\na=b \\label{one}\n$$\n\nBy \\eqref{one}.\n");
    expect(styled(html)).toMatch(
      /<td align="center"><span><img [^>]*alt="a equals b"[^>]*><\/span><\/td><td align="right">\(1\)<\/td>/,
    );
    expect(html).toContain(">By (1).</p>");
  });

  test("a long formula in a line is several pictures, each with its part of the words", async () => {
    const { html } = await mailOf("So $0.2483\\,(1,0)+0.2483\\,(0,2)+0.5035\\,(1,2)=(0.7517,1.5035)$ it is.");
    expect([...html.matchAll(/<img [^>]*alt="([^"]*)"/g)].map(([, words]) => words)).toEqual([
      "0.2483 (1, 0)",
      "plus 0.2483 (0, 2)",
      "plus 0.5035 (1, 2)",
      "equals (0.7517, 1.5035)",
    ]);
  });

  test("where the parts have no TeX of their own, the first picture says it all", async () => {
    const { html } = await mailOf("So $\\bm{x}=(0.2483,0.2483,0.5035)=(0.7517,1.5035,2.2552)$ it is.");
    const images = html.match(/<img [^>]*>/g) ?? [];
    expect(images.length).toBeGreaterThan(1);
    expect(images.filter((image) => !/ alt[ =>]/.test(image))).toEqual([]);
    expect(images.flatMap((image) => / alt="([^"]+)"/.exec(image)?.[1] ?? [])).toEqual([
      "x equals (0.2483, 0.2483, 0.5035) equals (0.7517, 1.5035, 2.2552)",
    ]);
  });

  test("notes stand below their paragraph, list or table, and inside their box", async () => {
    const { html } = await mailOf(
      "A[^a] and b[^b].\n\n- c[^c]\n- d\n\n:::note\nE[^e].\n:::\n\nLast.\n\n[^a]: 1st.\n\n[^b]: 2nd.\n\n[^c]: 3rd.\n\n[^e]: 4th.\n",
    );
    const order = styled(html)
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");
    expect(order).toContain("A 1 and b 2 . 1 1st. 2 2nd. c 3 d 3 3rd. Note E 4 . 4 4th. Last.");
  });

  test("answers come after all questions", async () => {
    const { html } = await mailOf(":::questions\n1. A?\n\n   B.\n\n2. C?\n\n   D.\n:::\n");
    expect(
      styled(html)
        .replace(/<[^>]*>/g, " ")
        .replace(/\s+/g, " "),
    ).toContain("Check your understanding A? C? Answers B. D.");
  });

  test("links have the colour of the book, and one to a chapter can be taken back until it is public", async () => {
    const { mail, html } = await mailOf("See [a](leaves), [b](#x), [c](https://example.org/).\n\n## X\n");
    expect(styled(html)).toContain('<a class="chapter ml-link-indigo" href="{origin}/tea/leaves">a</a>');
    expect(styled(html)).toContain('<a class="ml-link-indigo" href="{origin}/tea/cup#x">b</a>');
    expect(html.match(/<a [^>]*style="color: #34408c;/g)).toHaveLength(3);
    const nothingPublic = catalogueAt(0, { books: [] } as unknown as Manifest);
    expect(withholdLinks(nothingPublic, mail.html, en.chapter.notPublishedYet)).toContain(
      'See <span class="to-come" title="This chapter is not published yet">a</span>, <a class="ml-link',
    );
    expect(withholdAddresses(nothingPublic, mail.text)).toMatch(/^See a, b, c\s<https:\/\/example\.org\/>\./);
    const allPublic = { ...nothingPublic, byPath: { has: () => true } } as never;
    expect(withholdAddresses(allPublic, mail.text)).toBe(mail.text);
  });

  test("a listing keeps its lines and has few colours", async () => {
    const { html } = await mailOf('```python\ndef f(x):  # so\n    return "a < b"\n```\n');
    expect(styled(html)).toContain('<span class="ml-word">def</span> <span class="ml-name">f</span>(x):');
    expect(styled(html)).toContain(
      '    <span class="ml-word">return</span> <span class="ml-text">&quot;a &lt; b&quot;</span>',
    );
    expect(html).toMatch(/<pre style="[^"]*white-space: pre-wrap;/);
  });

  test("a table is a table, with its alignment", async () => {
    const { html } = await mailOf("| a | b |\n| - | -: |\n| x | $\\operatorname{softmax}(x)$ |\n");
    expect(styled(html)).toContain('<th scope="col" class="ml-frame">a</th>');
    expect(html).toMatch(/<td class="ml-rule" style="[^"]*text-align: right;/);
    expect(html).toMatch(
      /<img [^>]*width="91" height="21" style="[^"]*width: ?91px; ?height: ?21px; ?line-height: ?\d+px; ?vertical-align: ?-6px;?">/,
    );
    expect(html).toContain("font-size: 16px; line-height: 24px;");
  });

  test("classes stay for the dark and for links to chapters, and nothing of the stylesheet is left", async () => {
    const { html, mail } = await mailOf("# \n\n## A\n\n[b](leaves) `c`\n\n:::in-short\nD.\n:::\n".slice(4));
    const classes = [...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(" "));
    expect(classes.filter((name) => name !== "chapter" && !name.startsWith("ml-"))).toEqual([]);
    expect(html).not.toMatch(/var\(|<style|<link|\0/);
    expect(mail.darkCss).not.toContain("@media");
  });
});

test("a second compilation gives the same bytes", async () => {
  const text = 'See $x_1$ and [a](leaves).\n\n$$\ny\n$$\n\n![P.](figure:six-teas "P.")\n';
  const [first, second] = [await mailOf(text), await mailOf(text)];
  expect(second.mail).toEqual(first.mail);
  expect(second.pack).toEqual(first.pack);
});
