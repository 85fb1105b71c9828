/**
 * Exports a text as Markdown that can be read anywhere: links and images get absolute URLs, which start with
 * `originMark`.
 */
import type { Tokens } from "marked";
import { originMark } from "../../library/objects.ts";
import { href } from "../../routes.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { asOwn, type OwnToken } from "../markdown/tokens.ts";
import type { Edit, Span } from "../source/source-file.ts";
import type { ParsedText } from "./parse-text.ts";
import type { TextImages } from "./text-images.ts";
import { writeNumbers } from "./write-numbers.ts";

export function exportMarkdown({ source, analysis }: ParsedText, path: string, images: TextImages): string {
  const edits = writeNumbers(source.file, analysis, path);
  for (const [token, to] of analysis.linkTargets) {
    if (token.type !== "link" || (to.kind !== "chapter" && to.kind !== "page")) continue;
    const anchor = to.kind === "chapter" && to.anchor ? `#${to.anchor}` : "";
    edits.push(...replaceUrl(analysis, token as Tokens.Link, `${originMark}${to.path}${anchor}`));
  }
  for (const { image } of analysis.figures.values()) {
    const { hash, extension } = images.fileOf(image);
    edits.push(...replaceUrl(analysis, image, `${originMark}${href.media(hash, extension)}`));
  }
  for (const token of analysis.indexMarks.keys())
    edits.push(...withoutMark(analysis.positions.get(token), asOwn(token)));
  let markdown = source.file.text;
  // From the end, so that earlier offsets stay valid.
  for (const { span, text } of edits.sort((a, b) => b.span.offset - a.span.offset)) {
    markdown = markdown.slice(0, span.offset) + text + markdown.slice(span.offset + span.length);
  }
  return markdown.slice(source.bodyStart).trim();
}

/** The words of a mark alone. */
function withoutMark(span: Span | undefined, mark: OwnToken | undefined): Edit[] {
  if (!span || mark?.type !== "indexMark") return [];
  const braces = mark.raw.length - mark.wordsLength - 1;
  const end = span.offset + span.length;
  return [
    { span: { offset: span.offset, length: 1 }, text: "" },
    { span: { offset: end - braces, length: braces }, text: "" },
  ];
}

/** Empty for a link that is written as a bare URL. */
function replaceUrl({ positions }: TextAnalysis, token: Tokens.Link | Tokens.Image, url: string): Edit[] {
  const span = positions.get(token);
  const at = token.raw.lastIndexOf(`](${token.href}`);
  if (!span || at === -1) return [];
  return [{ span: { offset: span.offset + at + 2, length: token.href.length }, text: url }];
}
