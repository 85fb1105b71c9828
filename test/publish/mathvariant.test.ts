/** Checks the mapping of TeX's alphabets to Unicode characters. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mathLetter } from "../../src/publish/maths/mathvariant.ts";

const latin = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
const digits = [..."0123456789"];
const greek = [..."ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω"];

/** Unicode's mathematical alphabets and their letters; chapter 22.2 of the standard. */
const alphabets: Readonly<Record<string, readonly string[]>> = {
  bold: [...latin, ...digits, ...greek],
  italic: [...latin, ...greek],
  "bold-italic": [...latin, ...greek],
  script: latin,
  "bold-script": latin,
  fraktur: latin,
  "bold-fraktur": latin,
  "double-struck": [...latin, ...digits],
  "sans-serif": [...latin, ...digits],
  "bold-sans-serif": [...latin, ...digits],
  "sans-serif-italic": latin,
  monospace: [...latin, ...digits],
};

const known = Object.entries(alphabets).flatMap(([variant, letters]) =>
  letters.map((letter) => [letter, variant] as const),
);

/** Mathematical Alphanumeric Symbols, and the older letterlike symbols. */
const isMathematical = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return [...character].length === 1 && ((code >= 0x1d400 && code <= 0x1d7ff) || (code >= 0x2100 && code <= 0x214f));
};

test("every known letter becomes one mathematical character that stands for it", () => {
  fc.assert(
    fc.property(fc.constantFrom(...known), ([letter, variant]) => {
      const set = mathLetter(letter, variant);
      expect(isMathematical(set)).toBe(true);
      // The compatibility decomposition of each is the plain letter.
      expect(set.normalize("NFKC")).toBe(letter);
    }),
    { numRuns: 2000 },
  );
});

test("no two letters become the same character", () => {
  const set = known.map(([letter, variant]) => mathLetter(letter, variant));
  expect(new Set(set).size).toBe(known.length);
});

test("none is a hole of the block, where Unicode had the letter already", () => {
  const unassigned = known.map(([letter, variant]) => mathLetter(letter, variant)).filter((set) => /\p{Cn}/u.test(set));
  expect(unassigned).toEqual([]);
});

describe("what no alphabet has stays what it is", () => {
  test.each([
    ["+", "bold"],
    ["é", "italic"],
    ["1", "script"],
    ["α", "double-struck"],
    ["R", "no-such-variant"],
    ["R", "constructor"],
    ["∞", "bold"],
  ])("%s in %s", (letter, variant) => {
    expect(mathLetter(letter, variant)).toBe(letter);
  });

  test("whatever it is", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
        fc.constantFrom(...Object.keys(alphabets)),
        (letter, variant) => {
          const set = mathLetter(letter, variant);
          expect(set === letter || (isMathematical(set) && set.normalize("NFKC") === letter.normalize("NFKC"))).toBe(
            true,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});
