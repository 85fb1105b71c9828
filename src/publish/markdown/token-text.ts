/** Extracts content from tokens: words, TeX, labels, languages. */
import type { Token, Tokens } from "marked";
import { elementPrefixes } from "../../library/page-ids.ts";
import { asOwn, type MathsToken } from "./tokens.ts";

const texLabelForm = /\\label\s*\{([^}]*)\}/;

/** `{#tbl:teas}` at the end of a caption, behind an image or a box. */
export const labelForm = /\s*\{#([^}\s]+)\}\s*$/;

/** The TeX for KaTeX: a label is replaced by blanks, which preserves positions. */
export const texOf = (maths: MathsToken): string =>
  maths.type === "displayedMaths" ? maths.tex.replace(texLabelForm, (label) => " ".repeat(label.length)) : maths.tex;

/** Position of the label in the TeX. */
export function labelPlace(tex: string): { readonly position: number; readonly length: number } {
  const match = texLabelForm.exec(tex);
  return { position: match?.index ?? 0, length: match?.[0].length ?? 1 };
}

export const labelOf = (tex: string): string | undefined => texLabelForm.exec(tex)?.[1];

/** Anchor of a labelled equation. */
export const equationId = (label: string): string =>
  `eq-${label.replace(/[^A-Za-z0-9-]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}`)}`;

export const languageOf = (code: Tokens.Code): string => (code.lang ?? "").trim().split(/\s+/)[0] ?? "";

/** Plain text of inline tokens, with maths as TeX unless `maths` says otherwise: for ids and titles of links. */
export const plainText = (tokens: readonly Token[], maths = ({ tex }: MathsToken): string => tex): string =>
  tokens
    .map((token) => {
      const own = asOwn(token);
      if (own?.type === "indexMark") return plainText(own.tokens, maths);
      if (own) return own.type === "inlineMaths" ? maths(own) : "";
      if ("tokens" in token && token.tokens) return plainText(token.tokens, maths);
      return "text" in token && token.type !== "html" ? String(token.text) : "";
    })
    .join("");

const prefixForm = new RegExp(`^(${elementPrefixes.join("|")})\\b`, "i");

/**
 * The words from which a heading's id is made: never empty, and never like ids of figures, notes, equations or
 * references.
 */
export function headingWords(words: string): string {
  if (!/[\p{L}\p{N}]/u.test(words)) return "section";
  return prefixForm.test(words.trim()) ? `section ${words}` : words;
}

/** An image's caption as it was written: marked removes backslashes, which TeX needs. */
export function captionOf(image: Tokens.Image): string | undefined {
  const written = /\s"((?:\\[\s\S]|[^"\\])*)"\s*\)$/.exec(image.raw)?.[1];
  return written ?? image.title ?? undefined;
}

/** The image and its label `{#fig:cup}`, if the paragraph contains nothing else. */
export function soleImage(tokens: readonly Token[]): { image: Tokens.Image; label: string | undefined } | undefined {
  const [image, after, ...others] = tokens.filter((token) => token.type !== "text" || token.raw.trim() !== "");
  if (image?.type !== "image" || others.length > 0) return undefined;
  const label = after && /^\s*\{#([^}\s]+)\}\s*$/.exec(after.raw)?.[1];
  return after && label === undefined ? undefined : { image: image as Tokens.Image, label };
}

/** The default label of a figure: the name of its drawing or file. */
export const figureLabel = ({ href }: Tokens.Image): string =>
  `fig:${href.replace(/^figure:/, "").replace(/\.[A-Za-z0-9]+$/, "")}`;

/** Number of words; `state-of-the-art` and `don't` are one each. */
export const countWords = (text: string): number => text.match(/[\p{L}\p{N}]+(?:[’'.,-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
