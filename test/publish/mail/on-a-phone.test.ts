/** Checks emails on a phone: tables in little space, and alt text in dark mode with images off. */
import { describe, expect, test } from "vitest";
import { dark, ink } from "../../../src/library/mail-look.ts";
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
  // Its columns would otherwise break words that all fit.
  expect(three).toMatch(/<table class="ml-frame" [^>]*word-break: normal/);
  expect(five).not.toContain("word-break");
});

describe("alt text in the dark", () => {
  const rules = mailOf("A.").then(({ mail }) => mail.darkCss);
  const find = async (pattern: RegExp) => pattern.exec(await rules)?.[1] ?? "";

  test("has a contrast of 4.5 whether a client inverts it with its image or not", async () => {
    const colour = channelsOf(await find(/ img\{filter:invert\([^}]*[;{]color:(#[0-9a-f]{6})\}/));
    const formula = inverted(colour, Number(await find(/ img\{filter:invert\(([\d.]+)\)/)));
    const figure = inverted(colour, Number(await find(/\.ml-figure\{filter:invert\(([\d.]+)\) hue-rotate\(180deg\)/)));
    for (const seen of [colour, formula, halfTurned(figure)]) expect(contrast(seen, paper)).toBeGreaterThanOrEqual(4.5);
  });

  test("is light beside a photograph, which is not inverted", async () => {
    expect(await find(/\.ml-photo\{filter:none;color:(#[0-9a-f]{6})\}/)).toBe(dark.ink);
  });

  test("inverted by the project's filter, ink is light: Thunderbird has it for alt text", async () => {
    const formula = inverted(channelsOf(ink), Number(await find(/ img\{filter:invert\(([\d.]+)\)/)));
    expect(contrast(formula, paper)).toBeGreaterThanOrEqual(10);
  });
});

type Channels = readonly [red: number, green: number, blue: number];

const channelsOf = (colour: string): Channels => {
  const [red = 0, green = 0, blue = 0] =
    colour.match(/[0-9a-f]{2}/g)?.map((part) => Number.parseInt(part, 16) / 255) ?? [];
  return [red, green, blue];
};

const paper = channelsOf(dark.paper);

const inverted = ([red, green, blue]: Channels, amount: number): Channels => {
  const turn = (value: number) => amount + value * (1 - 2 * amount);
  return [turn(red), turn(green), turn(blue)];
};

/** `hue-rotate(180deg)`: https://www.w3.org/TR/filter-effects-1/#huerotateEquivalent. */
const halfTurned = ([red, green, blue]: Channels): Channels => {
  const twice = 2 * (0.213 * red + 0.715 * green + 0.072 * blue);
  return [twice - red, twice - green, twice - blue];
};

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
function contrast(one: Channels, other: Channels): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const luminance = ([red, green, blue]: Channels): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
