/** Checks how titles are broken into lines: evenly, after a colon, and nowhere where a script does not allow it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { breakTitle } from "../../../src/publish/share/break-title.ts";

/** As if every character were half as wide as high. */
const measure = (text: string) => [...text].length / 2;
const space = { width: 500, height: 330, leading: 1.1 };
const linesOf = (title: string, sizes: readonly number[] = [50]) => breakTitle(title, measure, space, sizes).lines;

test("lines are about equally long, and the last one is no single word", () => {
  expect(linesOf("How an Author of Books Pours Tea")).toEqual(["How an Author of", "Books Pours Tea"]);
  expect(linesOf("Waiting for the Water to Boil Once More")).toEqual(["Waiting for the", "Water to Boil", "Once More"]);
});

test("what follows a colon begins a line, unless everything fits on one", () => {
  expect(linesOf("Tea: Leaves, Water")).toEqual(["Tea: Leaves, Water"]);
  expect(linesOf("Tea: Leaves, Water, Time, Cups")).toEqual(["Tea:", "Leaves, Water,", "Time, Cups"]);
});

test("Chinese and Japanese are broken between characters, but not before a full stop or a small letter", () => {
  const [first = "", second = ""] = linesOf("自己注意機構がどの単語を読むかを決めるしくみ");
  expect([first, second].join("")).toBe("自己注意機構がどの単語を読むかを決めるしくみ");
  for (const title of [
    "紅茶の入れ方と、その温度について考えてみた話。",
    "キャッチコピーをつくってみようチョットだけ読む",
  ])
    for (const line of linesOf(title)) expect(line).not.toMatch(/^[、。ッャュョっー]/u);
});

test("a word wider than a line is set smaller, and divided only if that is not enough", () => {
  const word = "Rindfleischetikettierungsgesetz";
  expect(breakTitle(word, measure, space, [50, 30])).toEqual({ size: 30, lines: [word] });
  const { size, lines } = breakTitle(`${word}${word}`, measure, space, [50, 30]);
  expect([size, lines.join("")]).toEqual([30, `${word}${word}`]);
});

test("spaces around a title are dropped, but not one that is part of it", () => {
  expect(linesOf(` \u00a0${"tea ".repeat(6)} `)).toEqual(["\u00a0tea tea tea", "tea tea tea"]);
  expect(linesOf(" ".repeat(60))).toEqual([]);
});

test("nothing of a title is lost or too wide, whatever it is", () => {
  const title = fc.array(fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(title, (words) => {
      const written = words.join(" ");
      const { size, lines } = breakTitle(written, measure, { ...space, height: 2000 }, [60, 40]);
      const bare = (text: string) => text.replace(/[ \t\n]+/g, "");
      expect(bare(lines.join(""))).toBe(bare(written));
      for (const line of lines) expect(measure(line) * size).toBeLessThanOrEqual(space.width);
    }),
  );
});
