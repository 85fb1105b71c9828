/**
 * Packs the Markdown of all texts of a book, for programs that read it as a whole. The Worker leaves out texts that are
 * not public yet.
 */
import { packFiles } from "../../library/file-pack.ts";
import { maxFullText } from "../../library/full-text.ts";
import { numberedChapters } from "../../library/numbered-chapters.ts";
import { sha256 } from "../object-store.ts";
import type { CompiledTexts, DescribedBook, Output, OutputObject } from "./output.ts";

export const fullTexts: Output = {
  name: "full texts",
  build({ books, readMarkdown }) {
    const packed = books.flatMap((book) => {
      const object = packTexts(book, readMarkdown);
      return object ? [{ slug: book.slug, object }] : [];
    });
    return {
      objects: packed.map(({ object }) => object),
      entries: { books: new Map(packed.map(({ slug, object }) => [slug, { fullText: object.hash }])) },
    };
  },
};

/** Undefined for a book that is too large. */
function packTexts(book: DescribedBook, readMarkdown: CompiledTexts["readMarkdown"]): OutputObject | undefined {
  const texts = new Map<string, Uint8Array>();
  let size = 0;
  for (const { path, chapter } of numberedChapters([book])) {
    const text = readMarkdown(chapter.markdown);
    if (text === undefined) return undefined;
    texts.set(path, text);
    size += text.byteLength;
    if (size > maxFullText) return undefined;
  }
  const pack = packFiles(texts);
  return { hash: sha256(pack), size: pack.byteLength, bytes: () => pack, extension: "bin" };
}
