/** Locates the formulas and the code of a text, before numbers and macros in it are filled in. */
import type { Token, Tokens } from "marked";
import type { SourceFile, Span } from "../source/source-file.ts";
import { locateTokens, type Positions } from "./positions.ts";
import { tokenize, tokenizeInline } from "./syntax.ts";
import { captionOf } from "./token-text.ts";
import { forEachToken } from "./tokens.ts";

/**
 * Spans of formulas, including those in captions, and of code without numbers: braces in code are left alone unless its
 * first line has `computed`.
 */
export function findMaths(file: SourceFile, bodyStart: number): { readonly maths: Span[]; readonly code: Span[] } {
  const maths: Span[] = [];
  const code: Span[] = [];
  const collect = (tokens: readonly Token[], positions: Positions) =>
    forEachToken(tokens, (token) => {
      const span = positions.get(token);
      if (!span) return;
      if (token.type === "inlineMaths" || token.type === "displayedMaths") maths.push(span);
      if (token.type === "codespan" || (token.type === "code" && !/\bcomputed\b/.test(token.lang ?? "")))
        code.push(span);
      const caption = token.type === "image" ? captionOf(token as Tokens.Image) : undefined;
      if (caption === undefined) return;
      const words = tokenizeInline(caption);
      collect(words, locateTokens(words, file, span.offset + Math.max(0, token.raw.lastIndexOf(caption))));
    });
  const tokens = tokenize(file.text.slice(bodyStart));
  collect(tokens, locateTokens(tokens, file, bodyStart));
  return { maths, code };
}
