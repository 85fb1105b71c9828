/**
 * Separates the list of chapters from the rest of an overview's file: the list changes with every new chapter, but the
 * compiled overview uses nothing of it, so that only positions after it move.
 */
import type { Entry } from "./library-texts.ts";
import type { CompiledText } from "./text/compiled-text.ts";

export interface SplitText {
  /** What is before and after the list; a text without one is whole. */
  readonly around: readonly string[];
  readonly list: string;
}

export function splitAtContents({ book, slug, source }: Pick<Entry, "book" | "slug" | "source">): SplitText {
  const { text } = source.file;
  if (!book || slug !== "") return { around: [text], list: "" };
  const { offset, length } = book.overview.spanOf(["chapters"]);
  const end = offset + length;
  return { around: [text.slice(0, offset), text.slice(end)], list: text.slice(offset, end) };
}

/** A compiled text after its list has become another one; `undefined` if its problems would be shown on wrong lines. */
export function withContents(text: CompiledText, known: string, { around, list }: SplitText): CompiledText | undefined {
  if (known === list) return text;
  if (text.problems.length > 0) return undefined;
  const start = around[0]?.length ?? 0;
  const moved = text.chapterLinks.map((link) => {
    const { offset, length } = link.span;
    return offset < start ? link : { ...link, span: { offset: offset + list.length - known.length, length } };
  });
  return { ...text, chapterLinks: moved };
}
