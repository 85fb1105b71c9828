/** Typesets the notation of a text from its front matter. */
import type { Token } from "marked";
import type { SymbolEntry } from "../../library/chapter-object.ts";
import { attachMarks } from "../markdown/formula-marks.ts";
import { sentence } from "../markdown/markdown-problems.ts";
import { escapeHtml } from "../markdown/raw-html.ts";
import { tokenizeInline } from "../markdown/syntax.ts";
import { asOwn } from "../markdown/tokens.ts";
import { setTypography } from "../markdown/typography.ts";
import { findForbiddenTex } from "../maths/forbidden-tex.ts";
import { typesetMaths } from "../maths/maths.ts";
import type { ChapterFields } from "../source/content-schema.ts";
import type { ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import { glueMarks } from "./glue-marks.ts";

/** `tex` and `shape` are TeX; `meaning` is text with maths between dollar signs. */
export function typesetSymbols(
  source: TextSource<Pick<ChapterFields, "symbols">>,
  problems: ProblemList,
): SymbolEntry[] {
  const typeset = (tex: string, index: number, field: "tex" | "meaning" | "shape"): string => {
    const forbidden = findForbiddenTex(tex);
    if (forbidden) {
      problems.add(source.file, source.spanOf(["symbols", index, field]), forbidden.message, forbidden.fix);
      return "";
    }
    const result = typesetMaths(tex, false);
    if (result.kind === "typeset") return result.html;
    problems.add(
      source.file,
      source.spanOf(["symbols", index, field]),
      `This TeX cannot be typeset: ${sentence(result.message)}`,
      "Write TeX without dollar signs; backslashes need no quotes in YAML.",
    );
    return "";
  };
  const typesetMeaning = (meaning: string, index: number): string => {
    const tokens = tokenizeInline(meaning);
    const marks = { punctuation: new Map<Token, string>(), openings: new Map<Token, string>() };
    attachMarks(tokens, marks);
    return tokens
      .map((token) => {
        const own = asOwn(token);
        const [opening, mark] = [marks.openings.get(token) ?? "", marks.punctuation.get(token) ?? ""];
        if (own?.type !== "inlineMaths")
          return escapeHtml(setTypography(token.raw.slice(mark.length, token.raw.length - opening.length), ""));
        const html = typeset(own.tex, index, "meaning");
        return html && glueMarks(setTypography(opening, ""), own.tex, html, setTypography(mark, "x"));
      })
      .join("");
  };
  return source.data.symbols.map(({ tex, meaning, shape }, index) => ({
    tex,
    html: typeset(tex, index, "tex"),
    meaning: typesetMeaning(meaning, index),
    ...(shape !== undefined && { shape: typeset(shape, index, "shape") }),
  }));
}
