/** Checks that interactive figures are static in an email and in a feed. */
import { expect, test } from "vitest";
import { publish } from "../one-text.ts";
import { mailOf } from "./one-mail.ts";

test("a figure that can be touched says in mail and feed where it moves, one that cannot does not", async () => {
  const markdown = '![A curve.](figure:cooling-cup "Drag it.")\n\n![Teas.](figure:six-teas "Look.")';
  const { html, text } = await mailOf(markdown);
  expect(html.match(/Interactive on the site\./g)).toHaveLength(1);
  expect(html).toMatch(/Drag it\. <a [^>]*href="\{origin\}\/tea\/cup#figure-1"[^>]*>Interactive on the site\.<\/a>/);
  expect(text.replace(/\s+/g, " ")).toContain("Drag it. Interactive on the site. <{origin}/tea/cup#figure-1>");
  expect((await publish(markdown)).feed).toContain(
    'Drag it. <a href="{origin}/tea/cup#figure-1">Interactive on the site.</a></figcaption>',
  );
});
