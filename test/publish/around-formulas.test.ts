/** Checks what surrounds a formula: marks that stay on its line, and the sizes of its boxes. */
import { describe, expect, test } from "vitest";
import { publish, withTex } from "./one-text.ts";

/** The page of a text, with its formulas as `⟨TeX⟩`. */
const pageOf = async (markdown: string): Promise<string> => withTex((await publish(markdown)).page).trim();

describe("marks next to a formula", () => {
  const glued = (html: string, name = "glue") => `<span class="${name}">${html}</span>`;
  const gluedLong = (html: string) => glued(html, "glue long");
  const wide = "(0.6196,0.2279,0.0838,0.0687)";
  test.each([
    ["A cup ($n$), or two.", `A cup ${glued("(⟨n⟩),")} or two.`],
    ['He says "$n$".', `He says ${glued("“⟨n⟩”.")}`],
    ["It is \"$n$ or '$m$'\".", `It is ${glued("“⟨n⟩")} or ${glued("‘⟨m⟩’”.")}`],
    [
      "$n$'s cups, $a$--$b$, $f$($x$)...",
      `${glued("⟨n⟩’")}s cups, ${glued("⟨a⟩–")}${glued("⟨b⟩,")} ⟨f⟩${glued("(⟨x⟩)…")}`,
    ],
    ["A cup of $n$ (or two)", "A cup of ⟨n⟩ (or two)"],
    // A piece that fills a phone's line alone has no room for its marks.
    [`Of ($a=${wide}$).`, `Of ${gluedLong(`(⟨a=${wide}⟩`)}).`],
    [`Of ($${wide}=a$).`, `Of (${gluedLong(`⟨${wide}=a⟩).`)}`],
    [`Of ($${wide}$).`, `Of (⟨${wide}⟩).`],
  ])("%s", async (markdown, html) => {
    expect(await pageOf(markdown)).toBe(`<p>${html}</p>`);
    // The feed has the same text.
    const feed = /<p>(.*)<\/p>/.exec((await publish(markdown)).feed)?.[1] ?? "";
    expect(feed.replace(/<[^>]*>/g, "")).toBe(html.replace(/<[^>]*>|[⟨⟩]/g, ""));
  });

  test("the last piece of a formula is held, and with it the mark after it", async () => {
    const { page } = await publish("($a + b = \\text{if $c = d$}$), $e$. And $f = g$ or ($h = i$ or\n\n$$a = b$$");
    const held = (html: string) =>
      /<span class="last"><span class="katex-base">(.*)/
        .exec(html)?.[1]
        ?.replace(/<[^>]*>/g, "")
        .replaceAll("\u00a0", " ");
    expect(
      page
        .split(/(?=<span class="katex")/)
        .slice(1)
        .map(held),
    ).toEqual(["if c=d), ", undefined, undefined, undefined, undefined]);
  });
});

test("boxes of a formula have sizes to a hundredth of an em", async () => {
  const { page } = await publish("$\\sqrt{\\frac{a_i}{b^2}}$");
  const sizes = [...page.matchAll(/-?\d*\.?(\d*)em/g)].map(([, decimals = ""]) => decimals.length);
  expect([sizes.length > 10, Math.max(...sizes)]).toEqual([true, 2]);
});
