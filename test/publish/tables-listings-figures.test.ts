/** Checks tables, listings, lists and figures, on the page and in the feed. */
import { describe, expect, test } from "vitest";
import { formatProblems } from "../../src/publish/source/problem.ts";
import { compile, problemsOf, publish } from "./one-text.ts";

describe("tables", () => {
  const text = "| tea | *oxidised* |\n| --- | ---: |\n| green | 0 % |\n| a \\| b | `c` |\n";
  const table =
    '<table><thead><tr><th scope="col">tea</th><th scope="col" class="align-right"><em>oxidised</em></th></tr></thead>' +
    '<tbody><tr><td>green</td><td class="align-right">0\u00a0%</td></tr>\n<tr><td>a | b</td><td class="align-right"><code>c</code></td></tr></tbody></table>';

  test("can be scrolled by hand and by key on a narrow page", async () => {
    expect((await publish(text)).page).toBe(
      `<div class="table" tabindex="0" role="group" aria-label="Table">${table}</div>\n`,
    );
  });
  test("stand plain in a feed", async () => {
    expect((await publish(text)).feed.startsWith(`${table}\n`)).toBe(true);
  });
});

describe("listings", () => {
  test("are highlighted by class on the page, and plain in a feed", async () => {
    const { page, feed } = await publish('```python\nfrom math import log\nprint("<b>", log(70))  # 4.2\n```\n');
    expect(page).toContain(
      '<div class="listing" data-language="python"><pre tabindex="0"><code><span class="t-keyword">from</span> math ',
    );
    expect(page).toContain("&lt;b&gt;");
    expect(page).toContain('<span class="t-comment"># 4.2</span></code></pre></div>');
    expect(page).not.toContain("style=");
    expect(feed).toContain(
      "<pre><code>from math import log\nprint(&quot;&lt;b&gt;&quot;, log(70))  # 4.2</code></pre>",
    );
  });

  test.each(["", "text", "plain", "txt"])("`%s` is not highlighted", async (language) => {
    expect((await publish(`\`\`\`${language}\nfrom <a>\n\`\`\`\n`)).page).toContain(
      '<pre tabindex="0"><code>from &lt;a&gt;</code></pre>',
    );
  });

  test("a line that is longer than a mail's is pointed out, and published as it is", async () => {
    const fits = `${"tea ".repeat(18)}as`;
    const { html, problems } = await compile(`Brew:\n\n\`\`\`text\n${fits}\nsip\n${fits}!\n\`\`\`\n`);
    expect(html).toContain(`${fits}!`);
    expect(formatProblems(problems, (words) => words)).toBe(
      `content/tea/cup.md:6:1  warning  This line of code has 75 characters.
  6 | ${fits}!
    | ${"^".repeat(75)}
  -> Break it at 74: plain-text email would break it anywhere, and the page would scroll sideways.

1 warning.`,
    );
  });

  test("what follows the language is left out", async () => {
    expect((await publish("```js {1-2}\nx\n```\n")).page).toContain('data-language="js"');
  });

  test.each(["constructor", "__proto__", "toString", "hasOwnProperty"])(
    "`%s`, which every object has, is no language",
    async (language) => {
      expect(await problemsOf(`\`\`\`${language}\nx\n\`\`\`\n`)).toEqual([
        `1:1  \`${language}\` is not a language that can be highlighted.`,
      ]);
    },
  );

  test("count for nothing in the reading time", async () => {
    expect((await publish(`Tea.\n\n\`\`\`text\n${"tea ".repeat(900)}\n\`\`\`\n`)).minutes).toBe(1);
  });
});

describe("lists", () => {
  test.each([
    ["- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"],
    ["3. a\n4. b\n", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'],
    ["1. a\n\n   b\n", "<ol>\n<li><p>a</p>\n<p>b</p></li>\n</ol>\n"],
    ["- a\n  - b\n", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul></li>\n</ul>\n"],
  ])("%s", async (markdown, html) => {
    expect((await publish(markdown)).page).toBe(html);
  });
});

describe("figures", () => {
  const text = '![Two *teas*, "hot".](figure:six-teas "The *first* `round` [@Okakura06], see [leaves](leaves).")';

  test("are drawn in the page, with their alternative text and a numbered caption", async () => {
    const { page } = await publish(`${text}\n\n${text.replace("first", "second")}`);
    expect(page).toMatch(
      /^<figure id="figure-1"><svg role="img" aria-label="Two teas, &quot;hot&quot;\." [^>]*viewBox=/,
    );
    expect(page).toContain(
      '<figcaption><span class="figure-number">Figure 1.</span> The <em>first</em> <code>round</code> <span class="citation"><a href="#ref-Okakura06" role="doc-biblioref">[1]</a></span>, see <a class="chapter" href="/tea/leaves">leaves</a>.</figcaption></figure>',
    );
    expect(page).toContain('<figure id="figure-2">');
    expect(page).toContain('<span class="figure-number">Figure 2.</span> The <em>second</em>');
  });

  test("are pictures in a feed, with absolute addresses, sizes and no id", async () => {
    const { feed } = await publish(text);
    expect(feed).toMatch(
      /^<figure><img src="\{origin\}\/media\/[0-9a-f]{64}\.svg" alt="Two teas, &quot;hot&quot;\." width="\d+" height="\d+" title="Two teas, &quot;hot&quot;\."><figcaption>/,
    );
  });

  test("keep the backslashes of their captions: they belong to the TeX", async () => {
    const { page } = await publish(
      '![Teas.](figure:six-teas "The set $\\{a\\}$, $b\\,c$, $\\|d\\|$, $5\\%$ and \\*stars\\*.")',
    );
    for (const tex of ["\\{a\\}", "b\\,c", "\\|d\\|", "5\\%"])
      expect(page).toContain(`<annotation encoding="application/x-tex">${tex}</annotation>`);
    expect(page).toContain(" and *stars*.</figcaption>");
  });

  test("count a quarter of a minute each, a displayed equation a fifth, a worked example half", async () => {
    const words = "tea ".repeat(238 * 2);
    const figure = '\n\n![Teas.](figure:six-teas "Many words that count for nothing here.")';
    const equation = "\n\n$$\nx\n$$";
    const example = "\n\n:::example\n:::note\n".replace(":::note\n", "Tea.\n:::");
    expect((await publish(words)).minutes).toBe(2);
    expect((await publish(words + figure.repeat(4))).minutes).toBe(3);
    expect((await publish(words + figure.repeat(5))).minutes).toBe(4);
    expect((await publish(words + equation.repeat(5))).minutes).toBe(3);
    expect((await publish(words + equation.repeat(6))).minutes).toBe(4);
    expect((await publish(words.slice(8) + example.repeat(2))).minutes).toBe(3);
  });
});

describe("citations", () => {
  test.each([
    [
      "[@Newton01]",
      '<span class="citation"><a href="#ref-Newton01" role="doc-biblioref">[2]</a></span>',
      '<span class="citation">(ref. 2)</span>',
    ],
    [
      "[@Newton01; @Okakura06]",
      '<span class="citation"><a href="#ref-Newton01" role="doc-biblioref">[2</a>, <a href="#ref-Okakura06" role="doc-biblioref">1]</a></span>',
      '<span class="citation">(refs 2, 1)</span>',
    ],
  ])("%s has the number of the list", async (markdown, page, feed) => {
    const published = await publish(`Tea ${markdown}.`);
    expect(published.page).toBe(`<p>Tea ${page}.</p>\n`);
    expect(published.feed).toContain(`<p>Tea ${feed}.</p>`);
    expect(published.feed).toContain(
      "<h2>References</h2>\n<ol>\n<li>Kakuzō Okakura (1906). <cite>The Book of Tea</cite>. Fox Duffield.</li>",
    );
  });

  test.each(["[@Okakura06, p. 3]", "[@Okakura-06]", "[@Okakura06;]"])(
    "%s looks like one and is none: it is refused, not printed",
    async (markdown) => {
      expect(await problemsOf(`Tea ${markdown}.`)).toHaveLength(1);
    },
  );
});
