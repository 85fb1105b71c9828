/** An output: something that a release has besides its texts, such as the feeds. One file of this folder each. */
import type { Book, BookEntries, LibraryEntries } from "../../library/manifest.ts";
import type { LibraryObject } from "../../library/objects.ts";
import { sha256 } from "../object-store.ts";
import type { Outline } from "../source/read-content.ts";
import type { CompiledText } from "../text/compiled-text.ts";

/** A book as the manifest describes it, without the entries of outputs. */
export type DescribedBook = Omit<Book, keyof BookEntries>;

/** The library when every text is compiled, without mistakes. */
export interface CompiledTexts {
  readonly outline: Outline;
  /** As SVG, by the slug of the book. */
  readonly covers: ReadonlyMap<string, string>;
  readonly books: readonly DescribedBook[];
  /** The text with that public path; throws if there is none. */
  readonly textAt: (path: string) => CompiledText;
}

export interface Output {
  /** For the author of an output: names it when something is wrong with it. */
  readonly name: string;
  /** Neither writes nor reads files. Deterministic: the same texts give the same bytes. */
  readonly build: (texts: CompiledTexts) => BuiltOutput | Promise<BuiltOutput>;
}

export interface BuiltOutput {
  readonly objects: readonly OutputObject[];
  /** Where the manifest names these objects: without an entry an object is lost, and the build fails. */
  readonly entries: {
    readonly library?: Partial<LibraryEntries>;
    /** By the book's slug. */
    readonly books?: ReadonlyMap<string, Partial<BookEntries>>;
  };
}

export interface OutputObject {
  readonly hash: string;
  readonly bytes: string | Uint8Array;
  readonly extension: string;
}

export function jsonObject(value: LibraryObject): OutputObject {
  const bytes = `${JSON.stringify(value)}\n`;
  return { hash: sha256(bytes), bytes, extension: "json" };
}
