/**
 * Highlights listings at publish time with Shiki: one class per kind of token, coloured by the stylesheet for both
 * themes.
 */

import type { BundledLanguage, Highlighter } from "shiki";
import { bundledLanguages, createCssVariablesTheme, createHighlighter, createJavaScriptRegexEngine } from "shiki";
import { escapeHtml } from "./raw-html.ts";

/**
 * With this theme Shiki writes each token's kind as a CSS variable, and only its name is kept: a short class per token,
 * and a palette of our own.
 */
const theme = createCssVariablesTheme({ name: "library", variablePrefix: "--", fontStyle: false });

const plain: ReadonlySet<string> = new Set(["", "text", "plain", "txt"]);

export const languageNames: readonly string[] = Object.keys(bundledLanguages).sort();

export const isLanguage = (name: string): boolean => plain.has(name) || Object.hasOwn(bundledLanguages, name);

let created: Promise<Highlighter> | undefined;
let highlighter: Highlighter | undefined;

/** Call before `highlight` with these languages; each grammar is loaded once. */
export async function loadLanguages(names: Iterable<string>): Promise<void> {
  const wanted = [...names].filter((name): name is BundledLanguage => Object.hasOwn(bundledLanguages, name));
  if (wanted.length === 0) return;
  created ??= createHighlighter({ themes: [theme], langs: [], engine: createJavaScriptRegexEngine() });
  highlighter = await created;
  await highlighter.loadLanguage(...wanted);
}

/** The content of `<code>`: escaped text, with `<span class="t-keyword">` and the like around tokens. */
export function highlight(code: string, language: string): string {
  if (!highlighter || plain.has(language) || !Object.hasOwn(bundledLanguages, language)) return escapeHtml(code);
  const { tokens } = highlighter.codeToTokens(code, {
    lang: language as BundledLanguage,
    theme: "library",
    // By default Shiki gives up on a line after half a second, so output would depend on the load of the machine.
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
