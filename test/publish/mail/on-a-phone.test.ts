/** Checks emails on a phone: tables in little space, and alt text in dark mode with images off. */
import { expect, test } from "vitest";
import { mailOf } from "./one-mail.ts";

test("a table that a phone has no room for is set smaller, its formulas with it, and gives way only then", async () => {
  const wide = "$\\operatorname{softmax}(x)$";
  const { html: three } = await mailOf(
    `| model | aggregation | update |\n| - | - | - |\n| GraphSAGE | ${wide} | ${wide} |\n`,
  );
  expect(three).toMatch(/<table class="ml-frame" [^>]*font-size: 14px/);
  expect(three).toMatch(
    /<img [^>]*width="80" height="18" style="[^"]*width: ?80px; ?height: ?18px; ?line-height: ?\d+px; ?vertical-align: ?-5px;?">/,
  );
  const { html: five } = await mailOf(
    `| a | b | c | d | e |\n| - | - | - | - | - |\n| ${Array(5).fill(wide).join(" | ")} |\n`,
  );
  expect(five).toMatch(/<table class="ml-frame" [^>]*font-size: 12px/);
  expect(five).toMatch(/<img [^>]*width="68" [^>]*style="[^"]*max-width: 68px; min-width: 41px; vertical-align: -5px/);
  const { html: numbers } = await mailOf(
    `| score | 1 | 10 | 100 | 1,000 |\n| - | - | - | - | - |\n| mean | 0.97 | 0.67 | 0.48 | 0.16 |\n`,
  );
  expect(numbers).toMatch(/<table class="ml-frame" [^>]*font-size: 16px/);
});

test("where pictures are off their words are light in the dark: the filter turns ink round, and leaves photographs alone", async () => {
  const { darkCss } = (await mailOf("A.")).mail;
  expect(darkCss).toMatch(/ img\{filter:invert\([^}]*color:#1c1a17\}/);
  expect(darkCss).toMatch(/\.ml-photo\{filter:none;color:#dcdad3\}/);
});
