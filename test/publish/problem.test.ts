/** Checks how a problem is shown: the line, with markers under the spot, however long or unusual the line is. */
import { describe, expect, test } from "vitest";
import { formatProblems, ProblemList } from "../../src/publish/source/problem.ts";
import { SourceFile } from "../../src/publish/source/source-file.ts";

function shown(text: string, offset: number, length: number): string {
  const problems = new ProblemList();
  problems.add(new SourceFile("content/tea/cup.md", text), { offset, length }, "Cold.", "Warm it.");
  return formatProblems(problems.sorted(), (words) => words);
}

test("a spot in a short line", () => {
  expect(shown("One.\nTwo cold cups.\n", 9, 4)).toBe(
    [
      "content/tea/cup.md:2:5  error  Cold.",
      "  2 | Two cold cups.",
      "    |     ^^^^",
      "  -> Warm it.",
      "",
      "1 error.",
    ].join("\n"),
  );
});

test("tabs stay tabs, so that the marks stand under the spot", () => {
  expect(shown("\ta\tcold\n", 3, 4).split("\n")[2]).toBe("    | \t \t^^^^");
});

test("columns count characters, not UTF-16 units", () => {
  expect(shown("🍵🍵 cold\n", 5, 4).split("\n").slice(0, 3)).toEqual([
    "content/tea/cup.md:1:4  error  Cold.",
    "  1 | 🍵🍵 cold",
    "    |    ^^^^",
  ]);
});

test("line ends of every system, and a byte order mark, count for nothing", () => {
  for (const text of ["One.\r\nTwo cold cups.\r\n", "One.\rTwo cold cups.\r", "\uFEFFOne.\nTwo cold cups.\n"]) {
    const file = new SourceFile("cup.md", text);
    expect(file.position(file.text.indexOf("cold"))).toEqual({ line: 2, column: 5 });
  }
});

describe("a window of a long line", () => {
  const long = `${"word ".repeat(60)}cold ${"word ".repeat(60)}`;

  test("has the spot inside it, and the marks under it", () => {
    const [, line = "", marks = ""] = shown(long, 300, 4).split("\n");
    expect(line.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("cold");
    expect(line.startsWith("  1 | …")).toBe(true);
    expect(line.endsWith("…")).toBe(true);
    expect(line.length).toBeLessThan(112);
  });

  test("at the beginning and at the end of the line", () => {
    for (const offset of [0, long.length - 5]) {
      const [, line = "", marks = ""] = shown(long, offset, 4).split("\n");
      expect(line.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("word");
    }
  });

  test("cuts marks that would reach beyond it", () => {
    const [, line = "", marks = ""] = shown(long, 300, 300).split("\n");
    expect(marks.length).toBeLessThanOrEqual(line.length);
  });
});

test("a spot of several lines shows the first", () => {
  expect(shown("One cold\ncup of tea\n", 4, 12).split("\n")[2]).toBe("    |     ^^^^");
});

test("the end of a file has a place too", () => {
  expect(shown("One.", 4, 1).split("\n").slice(0, 3)).toEqual([
    "content/tea/cup.md:1:5  error  Cold.",
    "  1 | One.",
    "    |     ^",
  ]);
});
