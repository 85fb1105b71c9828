/** Defines outputs: what a release has besides its texts, such as the feeds. Each is one file of this folder. */
import type { Book, BookEntries, LibraryEntries } from "../../library/manifest.ts";
import type { LibraryObject } from "../../library/objects.ts";
import { sha256 } from "../object-store.ts";
import type { FontFile } from "../share/outline-text.ts";
import type { Outline } from "../source/read-content.ts";
import type { CompiledText } from "../text/compiled-text.ts";

/** A book as the manifest describes it, without the entries of outputs. */
export type DescribedBook = Omit<Book, keyof BookEntries>;

/** The library after all texts were compiled without errors. */
export interface CompiledTexts {
  readonly outline: Outline;
  /** The library's own font for shared images. */
  readonly font: FontFile | undefined;
  /** As SVG, by the slug of the book. */
  readonly covers: ReadonlyMap<string, string>;
  readonly books: readonly DescribedBook[];
  /** The stored Markdown with that hash; undefined if nothing is stored. */
  readonly readMarkdown: (hash: string) => Uint8Array | undefined;
  /** The text with that public path; throws if there is none. */
  readonly textAt: (path: string) => CompiledText;
}

export interface Output {
  /** Names the output in errors. */
  readonly name: string;
  /** Must not read or write files but the cache, and must be deterministic: the same texts give the same bytes. */
  readonly build: (texts: CompiledTexts) => BuiltOutput | Promise<BuiltOutput>;
}

export interface BuiltOutput {
  readonly objects: readonly OutputObject[];
  /**
   * Entries of the manifest that name these objects. An object without an entry fails the build, because it would be
   * lost.
   */
  readonly entries: {
    readonly library?: Partial<LibraryEntries>;
    /** By the book's slug. */
    readonly books?: ReadonlyMap<string, Partial<BookEntries>>;
  };
}

export interface OutputObject {
  readonly hash: string;
  /** In bytes. */
  readonly size: number;
  /** Only called for an object that is not stored yet. */
  readonly bytes: () => string | Uint8Array;
  readonly extension: string;
}

export function jsonObject(value: LibraryObject): OutputObject {
  const bytes = `${JSON.stringify(value)}\n`;
  return { hash: sha256(bytes), size: Buffer.byteLength(bytes), bytes: () => bytes, extension: "json" };
}
