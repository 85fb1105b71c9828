/** Finds symbols that a text's formulas use but its notation does not declare. */

import { spanInside } from "../markdown/positions.ts";
import type { Formula } from "../markdown/text-analysis.ts";
import { texOf } from "../markdown/token-text.ts";
import { commonIndices, wellKnownSymbols } from "../maths/resolve-symbols.ts";
import { readLetters, type TexLetter, type TexLetters } from "../maths/tex-letters.ts";
import type { ChapterFields } from "../source/content-schema.ts";
import type { ProblemList } from "../source/problem.ts";
import type { SourceFile } from "../source/source-file.ts";

/**
 * One warning per undeclared symbol, at its first occurrence. `x` covers `x_i`, and `x_i` covers `x_j` and `x`; but
 * `W_Q` does not cover `W_K`, and `x` does not cover `\hat x`. Bound variables and indices of declared symbols need no
 * declaration.
 */
export function checkSymbols(
  file: SourceFile,
  formulas: readonly Formula[],
  symbols: ChapterFields["symbols"],
  problems: ProblemList,
): void {
  const declared = symbols.map(({ tex }) => readLetters(tex, false));
  const used = formulas.map(({ maths }) => readLetters(texOf(maths), maths.type === "displayedMaths"));
  const isDeclared = createLookUp(declared, used);
  const seen = new Set<string>();
  for (const [index, { maths, span }] of formulas.entries()) {
    for (const letter of used[index]?.letters ?? []) {
      const name = nameOf(letter);
      // Only the first of x_1, x_2 and x_3 is reported.
      const family = /^\d+$/.test(letter.sub) ? `${letter.base}_0` : name;
      if (seen.has(family) || isDeclared(letter)) continue;
      seen.add(family);
      problems.add(
        file,
        spanInside(file, maths, span, maths.texStart + letter.start, letter.end - letter.start),
        `The symbol \`${name}\` is not declared.`,
        `Add it to \`symbols\` in the front matter: \`- tex: ${name}\`, with its \`meaning\` and \`shape\`.`,
        "warning",
      );
    }
  }
}

function createLookUp(declared: readonly TexLetters[], used: readonly TexLetters[]): (letter: TexLetter) => boolean {
  const letters = declared.flatMap((entry) => entry.letters);
  // Digits, and letters that the notation uses as indices or declares, count too.
  const indices = new Set([
    ...commonIndices,
    ...declared.flatMap((entry) => entry.indices),
    ...letters.filter(({ base, sub }) => sub === "" && /^[a-z]$/.test(base)).map(({ base }) => base),
  ]);
  const bound = new Set([...indices, ...used.flatMap((entry) => entry.bound)]);
  const numbers = (sub: string) => {
    const letters = sub.match(/\\[A-Za-z]+|\p{L}/gu) ?? [];
    return letters.every((letter) => bound.has(letter));
  };
  const names = new Set(letters.map(nameOf));
  const numbered = new Set(letters.filter(({ sub }) => sub !== "" && numbers(sub)).map(({ base }) => base));
  return (letter) =>
    wellKnownSymbols.has(letter.base) ||
    names.has(letter.base) ||
    names.has(nameOf(letter)) ||
    bound.has(letter.base) ||
    (numbered.has(letter.base) && numbers(letter.sub));
}

const nameOf = ({ base, sub }: TexLetter): string =>
  sub === "" ? base : /^(.|\\[A-Za-z]+)$/u.test(sub) ? `${base}_${sub}` : `${base}_{${sub}}`;
