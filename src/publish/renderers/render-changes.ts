/** Renders the changes that a text declares: on its page, in feeds, in emails, as Markdown, and as plain text. */
import { decodeHTML } from "entities";
import type { Tokens } from "marked";
import type { Change } from "../../library/manifest.ts";
import { originMark } from "../../library/objects.ts";
import type { Words } from "../../ui/words/words.ts";
import { addressOf } from "../markdown/links.ts";
import type { DeclaredChange, TextAnalysis } from "../markdown/text-analysis.ts";
import { forEachToken } from "../markdown/tokens.ts";
import type { Renderer } from "./renderer.ts";
import { fixedSpace } from "./text-renderer.ts";
import { renderInline } from "./text-walk.ts";

export interface RenderedChange {
  readonly at: string;
  readonly html: string;
  readonly correction?: true;
}

/** Newest first; the HTML is the renderer's. */
export const renderChanges = (analysis: TextAnalysis, renderer: Renderer): RenderedChange[] =>
  analysis.changes.map(({ at, correction, tokens }) => ({
    at,
    html: renderInline(analysis, renderer, tokens),
    ...(correction && { correction: true as const }),
  }));

/** For the manifest. `plain`: the renderer for plain text. */
export const plainChanges = (analysis: TextAnalysis, plain: Renderer): Change[] =>
  renderChanges(analysis, plain).map(({ html, ...change }) => ({
    ...change,
    text: decodeHTML(html.replace(/<[^>]*>/g, "")).replaceAll(fixedSpace, " "),
  }));

/** `Corrected on 3 December 2026:`. */
const changeLabel = ({ chapter, dates }: Words, { at, correction }: Pick<Change, "at" | "correction">): string =>
  (correction ? chapter.correctedOn : chapter.changedOn)(dates.day(at)).join("");

/** What a renderer makes of the parts of the section. */
interface Parts {
  readonly heading?: (heading: string) => string;
  readonly label?: (label: string) => string;
  readonly text?: (html: string) => string;
}

/** The section at the end of a feed entry or an email; empty if nothing is declared. */
export function changeSection(
  changes: readonly RenderedChange[],
  words: Words,
  { heading = same, label = same, text = same }: Parts,
): string {
  if (changes.length === 0) return "";
  const items = changes.map((change) => `<li>${label(changeLabel(words, change))} ${text(change.html)}</li>`);
  return `<h2>${heading(words.chapter.changes)}</h2>\n<ul>\n${items.join("\n")}\n</ul>\n`;
}

const same = (html: string): string => html;

/** The section at the end of the Markdown version; empty if nothing is declared. Links are absolute. */
export function markdownChanges(analysis: TextAnalysis, words: Words, path: string): string {
  if (analysis.changes.length === 0) return "";
  const items = analysis.changes.map(
    ({ at, correction, tokens }) =>
      `- **${changeLabel(words, { at, ...(correction && { correction }) })}** ${markdownOf(analysis, tokens, path)}`,
  );
  return `\n\n## ${words.chapter.changes}\n\n${items.join("\n")}`;
}

function markdownOf({ linkTargets }: TextAnalysis, tokens: DeclaredChange["tokens"], path: string): string {
  let markdown = tokens.map(({ raw }) => raw).join("");
  forEachToken(tokens, (token) => {
    const address = addressOf(linkTargets.get(token), { origin: originMark, path });
    const { raw, href } = token as Tokens.Link;
    if (address !== undefined) markdown = markdown.replace(raw, () => raw.replace(`](${href}`, () => `](${address}`));
  });
  return markdown;
}
