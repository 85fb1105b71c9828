/** Checks headings: their anchors, their names, the contents list, and how feeds have them. */
import { describe, expect, test } from "vitest";
import { publish } from "./one-text.ts";

describe("headings", () => {
  test.each([
    ["## Oxidation", "oxidation", "Oxidation"],
    ["## Newton's law, *again*", "newtons-law-again", "Newton’s law, <em>again</em>"],
    ["### The `log` of it", "the-log-of-it", "The <code>log</code> of it"],
    ["## Überzug & 茶", "überzug--茶", "Überzug &amp; 茶"],
  ])("%s", async (markdown, id, html) => {
    const depth = markdown.indexOf(" ");
    const { page } = await publish(depth === 3 ? `## One\n\n${markdown}` : markdown);
    expect(page).toContain(
      `<h${depth} id="${id}">${html}</h${depth}><a class="anchor" href="#${id}" aria-label="Link to “`,
    );
  });

  test("the name of an anchor is said as the heading is printed", async () => {
    const { page } = await publish('## AT&amp;T\'s *"hot"* $x$');
    expect(page).toMatch(/aria-label="Link to “AT&amp;T['’]s (“hot”|&quot;hot&quot;) x”"/);
  });

  test("the same words twice have ids of their own, a heading without words has one too", async () => {
    const { page } = await publish("## Tea\n\n## Tea\n\n## ...\n\n## ???\n");
    expect([...page.matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
      "tea",
      "tea-1",
      "section",
      "section-1",
    ]);
  });

  test("no heading takes an id that the page gives to something of its own", async () => {
    const { page } = await publish(
      [
        "## References",
        "## Notation",
        "## Cite",
        "## Contents",
        "## Main",
        "## Page contents",
        "## Figure 1",
        "## Note 1",
        "## Note mark 1",
        "## Eq tea",
        "## Ref Okakura06",
        "A note[^a].",
        "[^a]: Hot.",
        "$$\nx \\label{tea}\n$$",
        '![Teas.](figure:six-teas "Teas.")',
      ].join("\n\n"),
    );
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
    expect(new Set(ids).size).toBe(ids.length);
    // Ids that src/site and src/ui use: see chapter-page.tsx and document.tsx.
    const headings = [...page.matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id ?? "");
    expect(headings.filter((id) => /^(references|notation|cite|contents|main|page-contents|ref-.*)$/.test(id))).toEqual(
      [],
    );
  });

  test("the contents list has the words of each, and nothing in them that leads elsewhere or repeats an id", async () => {
    const { headings } = await publish(
      "## With [a link](leaves), [@Okakura06] and a *note[^n]*\n\n### Not in the list\n\n## Second\n\n[^n]: Hot.\n",
    );
    expect(headings.map(({ id }) => id)).toHaveLength(2);
    expect(headings.map(({ html }) => html).join("\n")).not.toMatch(/<a |id=|class="note"/);
    expect(headings[0]?.html).toContain("With a link, ");
  });

  test("a feed has them without anchors, which would lead nowhere there", async () => {
    const { feed } = await publish("## Tea\n\nHot.");
    expect(feed.startsWith("<h2>Tea</h2>\n<p>Hot.</p>")).toBe(true);
  });
});
