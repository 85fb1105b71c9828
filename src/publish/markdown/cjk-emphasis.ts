/**
 * Lets `*` and `~` mark emphasis next to Chinese, Japanese and Korean, which have no spaces between words: CommonMark
 * prints the stars of `**注意：**这里`. Follows https://github.com/tats-u/markdown-cjk-friendly.
 */
import { Tokenizer, type TokenizerObject, type Tokens } from "marked";

const cjk = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Hang}\u3000-\u303f\uff00-\uffef]/u;
const punctuation = /^(?![*_~])[\p{P}\p{S}]$/u;

/** A character of the script that is a letter, so that it decides nothing about emphasis. */
const letter = "字";

/**
 * The mask of a paragraph, in which punctuation on either side of `*` and `~` is a letter if one of the two sides is CJK.
 */
export function maskCjkPunctuation(masked: string): string {
  if (!/[*~]/.test(masked) || !cjk.test(masked)) return masked;
  const pieces = masked.split(/([*~]+)/);
  // Marks have odd indices.
  for (let index = 1; index < pieces.length; index += 2) {
    const before = lastOf(pieces[index - 1] ?? "");
    const after = firstOf(pieces[index + 1] ?? "");
    if (!cjk.test(before) && !cjk.test(after)) continue;
    if (punctuation.test(before))
      pieces[index - 1] = (pieces[index - 1] ?? "").slice(0, -before.length) + letter.repeat(before.length);
    if (punctuation.test(after))
      pieces[index + 1] = letter.repeat(after.length) + (pieces[index + 1] ?? "").slice(after.length);
  }
  return pieces.join("");
}

const firstOf = (text: string): string => [...text.slice(0, 2)][0] ?? "";
const lastOf = (text: string): string => [...text.slice(-2)].at(-1) ?? "";

/** Marked reads the characters around the opening marks from the text itself: they are taken from the mask. */
export const emphasisNextToCjk: TokenizerObject = {
  emStrong(source, masked, previous = "") {
    if (source.startsWith("_")) return false;
    const { emStrong } = Tokenizer.prototype;
    return withMask(this.lexer, source, masked, previous, (...texts) => emStrong.call(withoutContent(this), ...texts));
  },
  del(source, masked, previous = "") {
    const { del } = Tokenizer.prototype;
    return withMask(this.lexer, source, masked, previous, (...texts) => del.call(withoutContent(this), ...texts));
  },
};

/** A tokenizer that leaves the content of emphasis alone. */
const withoutContent = ({ rules, options }: Pick<Tokenizer, "rules" | "options">): Tokenizer =>
  ({ rules, options, lexer: { inlineTokens: () => [] } }) as unknown as Tokenizer;

/** Returns `false` to leave the text to marked. */
function withMask<Emphasis extends Tokens.Em | Tokens.Strong | Tokens.Del>(
  lexer: Tokenizer["lexer"],
  source: string,
  masked: string,
  previous: string,
  find: (source: string, masked: string, previous: string) => Emphasis | undefined,
): Emphasis | undefined | false {
  const start = masked.length - source.length;
  const marks = /^[*~]*/.exec(source)?.[0].length ?? 0;
  const shownBefore = previous !== "" && masked[start - 1] === letter ? letter : previous;
  // A letter of the mask: punctuation next to CJK, or a formula, which counts as a word.
  const after = masked[start + marks] ?? "";
  const isLetterAfter = after !== source[marks] && /\p{L}/u.test(after);
  if (marks === 0 || (shownBefore === previous && !isLetterAfter)) return false;
  const shown = source.slice(0, marks) + masked.slice(start + marks, start + marks + 2) + source.slice(marks + 2);
  const found = find(shown, masked, shownBefore);
  if (!found) return undefined;
  const raw = source.slice(0, found.raw.length);
  const edge = (raw.length - found.text.length) / 2;
  const text = raw.slice(edge, raw.length - edge);
  return { ...found, raw, text, tokens: lexer.inlineTokens(text) };
}
