/**
 * Renders the notation at the end of an email: each symbol with its meaning and shape, so that formulas can be read
 * without opening the page.
 */
import type { Token } from "marked";
import { escapeHtml } from "../markdown/raw-html.ts";
import { tokenizeInline } from "../markdown/syntax.ts";
import { asOwn, type MathsToken } from "../markdown/tokens.ts";
import { setTypography } from "../markdown/typography.ts";
import type { ChapterFields } from "../source/content-schema.ts";
import { onOneLine } from "./one-line.ts";
import type { Renderer } from "./renderer.ts";

export interface NotationEntry {
  readonly symbol: MathsToken;
  readonly meaning: readonly Token[];
  /** Empty if the author gave none. */
  readonly shape: readonly Token[];
}

/** From the front matter; its TeX has been checked. */
export const readNotation = (symbols: ChapterFields["symbols"]): NotationEntry[] =>
  symbols.map(({ tex, meaning, shape }) => ({
    symbol: mathsOf(tex),
    meaning: tokenizeInline(meaning),
    shape: shape === undefined ? [] : tokensOfShape(shape),
  }));

const mathsOf = (tex: string): MathsToken => ({ type: "inlineMaths", raw: `$${tex}$`, tex, texStart: 1 });

/** `\text{integer}` becomes plain text rather than an image. */
function tokensOfShape(tex: string): Token[] {
  const words = /^\\text\{([^{}\\$]*)\}$/.exec(tex.trim())?.[1];
  return words === undefined ? [mathsOf(tex) as Token] : [{ type: "text", raw: words, text: words }];
}

/** All formulas of a notation, for drawing. */
export const formulasOf = (notation: readonly NotationEntry[]): MathsToken[] =>
  notation.flatMap(({ symbol, meaning, shape }) => [
    symbol,
    ...[...meaning, ...shape].flatMap((token) => {
      const own = asOwn(token);
      return own?.type === "inlineMaths" ? [own] : [];
    }),
  ]);

/** Empty if there is no notation. */
export function htmlNotation(notation: readonly NotationEntry[], renderer: Renderer, heading: string): string {
  if (notation.length === 0) return "";
  const rows = notation.map(({ symbol, meaning, shape }) => {
    const behind = shape.length === 0 ? "" : ` ${inParentheses(inline(shape, renderer))}`;
    return `<tr><td class="symbol ml-rule">${renderer.inlineFormula(symbol, undefined)}</td><td class="ml-rule">${inline(meaning, renderer)}${behind}</td></tr>`;
  });
  return `<h2>${heading}</h2>\n<table role="presentation" class="data ml-frame" cellspacing="0">${rows.join("\n")}</table>\n`;
}

/** On one line, unless it could be wider than a phone. */
function inParentheses(shape: string): string {
  const isShort = shape.startsWith("<img ")
    ? shape.split("<img ").length === 2
    : shape.replace(/<[^>]*>/g, "").length < 24;
  return isShort ? onOneLine(`(${shape})`, "soft ml-soft") : `<span class="soft ml-soft">(${shape})</span>`;
}

/** For plain-text email and feeds, without the heading. */
export function listNotation(notation: readonly NotationEntry[], renderer: Renderer): string {
  if (notation.length === 0) return "";
  const items = notation.map(({ symbol, meaning, shape }) => {
    const behind = shape.length === 0 ? "" : ` (${inline(shape, renderer)})`;
    return `<li>${renderer.inlineFormula(symbol, undefined)}: ${inline(meaning, renderer)}${behind}</li>`;
  });
  return `<ul>\n${items.join("\n")}\n</ul>\n`;
}

const inline = (tokens: readonly Token[], renderer: Renderer): string =>
  tokens
    .map((token) => {
      const own = asOwn(token);
      return own?.type === "inlineMaths"
        ? renderer.inlineFormula(own, undefined)
        : escapeHtml(setTypography(token.raw, ""));
    })
    .join("");
