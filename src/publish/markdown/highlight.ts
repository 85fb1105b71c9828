/** Listings: Shiki finds the tokens at publish time; the page gets a class per kind of token, and the stylesheet colours both themes. */

import type { BundledLanguage, Highlighter } from "shiki";
import { bundledLanguages, createCssVariablesTheme, createHighlighter, createJavaScriptRegexEngine } from "shiki";
import { escapeHtml } from "./raw-html.ts";

/**
 * Shiki writes each token's kind as a CSS variable; its name is all that is kept of it. So a listing
 * costs a short class per token, and the palette is ours.
 */
const theme = createCssVariablesTheme({ name: "library", variablePrefix: "--", fontStyle: false });

const plain: ReadonlySet<string> = new Set(["", "text", "plain", "txt"]);

export const languageNames: readonly string[] = Object.keys(bundledLanguages).sort();

export const isLanguage = (name: string): boolean => plain.has(name) || Object.hasOwn(bundledLanguages, name);

let highlighter: Highlighter | undefined;

/** Makes `highlight` ready for these languages; each grammar is loaded once. */
export async function loadLanguages(names: Iterable<string>): Promise<void> {
  const wanted = [...names].filter((name): name is BundledLanguage => Object.hasOwn(bundledLanguages, name));
  if (wanted.length === 0) return;
  highlighter ??= await createHighlighter({ themes: [theme], langs: [], engine: createJavaScriptRegexEngine() });
  await highlighter.loadLanguage(...wanted);
}

/** The inside of `<code>`: escaped text, with `<span class="t-keyword">` and the like around tokens. */
export function highlight(code: string, language: string): string {
  if (!highlighter || plain.has(language) || !Object.hasOwn(bundledLanguages, language)) return escapeHtml(code);
  const { tokens } = highlighter.codeToTokens(code, {
    lang: language as BundledLanguage,
    theme: "library",
    // Shiki gives a line up after half a second, and a busy machine would publish other bytes.
    tokenizeTimeLimit: 0,
  });
  return tokens
    .map((line) =>
      line
        .map(({ content, color }) => {
          const kind = /--token-([a-z-]+)/.exec(color ?? "")?.[1];
          const text = escapeHtml(content);
          return kind && content.trim() ? `<span class="t-${kind}">${text}</span>` : text;
        })
        .join(""),
    )
    .join("\n");
}
