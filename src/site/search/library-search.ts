/** Searches the public chapters of the release that this Worker was deployed with. */
import { type Catalogue, type CatalogueEntry, numberOf } from "../../library/catalogue.ts";
import { isEnglish } from "../../library/language.ts";
import type { Book, Manifest } from "../../library/manifest.ts";
import { numberedChapters } from "../../library/numbered-chapters.ts";
import type { Correction } from "../../search/find-terms.ts";
import { type IndexRoot, parseRoot } from "../../search/index-files.ts";
import { IndexReader } from "../../search/index-reader.ts";
import { type FoundPlace, type SearchAnswer, type SearchResult, search } from "../../search/search.ts";
import { IndexFileMissing, type SearchFiles } from "./search-files.ts";

/** What a reader asks for. */
export interface SearchRequest {
  /** Shortened; "" if the reader typed nothing. */
  readonly text: string;
  readonly book: Book | undefined;
  /** Unknown words stay as they are. */
  readonly isExact: boolean;
  readonly isUnfinished: boolean;
}

export interface LinkedPlace extends FoundPlace {
  /** Path and fragment. */
  readonly url: string;
}

export interface FoundChapter {
  readonly entry: CatalogueEntry;
  /** In its book, from 1; 0 for an overview. */
  readonly number: number;
  readonly title: SearchResult["title"];
  /** The best first. There is at least one. */
  readonly places: readonly LinkedPlace[];
}

export interface LibraryAnswer {
  readonly chapters: readonly FoundChapter[];
  readonly corrections: readonly Correction[];
}

/** With the root of the index, at most 30 reads: where objects are packed, the first read looks in two places. */
const maxFiles = 28;
export const maxResults = 10;

const nothing: LibraryAnswer = { chapters: [], corrections: [] };

export class LibrarySearch {
  readonly #files: SearchFiles;
  #root: { readonly hash: string; readonly root: IndexRoot } | undefined;
  #numbered: { readonly catalogue: Catalogue; readonly entries: readonly (CatalogueEntry | undefined)[] } | undefined;

  constructor(files: SearchFiles) {
    this.#files = files;
  }

  /** Undefined if files of the index are missing or damaged, or if the release has none. */
  async find(
    assets: Pick<Fetcher, "fetch">,
    catalogue: Catalogue,
    request: SearchRequest,
  ): Promise<LibraryAnswer | undefined> {
    if (request.text === "") return nothing;
    try {
      const root = await this.#readRoot(assets, catalogue.manifest);
      const entries = this.#entriesOf(catalogue);
      const answer = await search(
        new IndexReader(root, (hash) => this.#files.read(assets, hash), maxFiles),
        request.text,
        {
          chapterAt: (number) => searchable(catalogue, entries[number], request.book),
          most: maxResults,
          isUnfinished: request.isUnfinished,
          isCorrected: !request.isExact,
        },
      );
      return linked(catalogue, entries, answer);
    } catch (error) {
      if (!(error instanceof IndexFileMissing)) throw error;
      console.error(error.message);
      return undefined;
    }
  }

  async #readRoot(assets: Pick<Fetcher, "fetch">, { search: hash = "" }: Manifest): Promise<IndexRoot> {
    if (this.#root?.hash !== hash) this.#root = { hash, root: parseRoot(await this.#files.read(assets, hash)) };
    return this.#root.root;
  }

  /** By number: the public chapters, and undefined for the others. */
  #entriesOf(catalogue: Catalogue): readonly (CatalogueEntry | undefined)[] {
    if (this.#numbered?.catalogue !== catalogue) {
      const entries = numberedChapters(catalogue.manifest.books).map(({ path }) => catalogue.byPath.get(path));
      this.#numbered = { catalogue, entries };
    }
    return this.#numbered.entries;
  }
}

function searchable({ manifest }: Catalogue, entry: CatalogueEntry | undefined, book: Book | undefined) {
  const { title, searchDocument: document, language = manifest.language } = entry?.chapter ?? {};
  if (title === undefined || document === undefined || (book && entry?.book.slug !== book.slug)) return undefined;
  return { title, document, isEnglish: isEnglish(language) };
}

function linked(
  catalogue: Catalogue,
  entries: readonly (CatalogueEntry | undefined)[],
  { results, corrections }: SearchAnswer,
): LibraryAnswer {
  const chapters = results.flatMap(({ chapter, title, places }): FoundChapter[] => {
    const entry = entries[chapter];
    if (!entry) return [];
    const linkedPlaces = places.map((place) => ({
      ...place,
      url: place.id === "" ? entry.path : `${entry.path}#${place.id}`,
    }));
    return [{ entry, number: numberOf(catalogue, entry), title, places: linkedPlaces }];
  });
  return { chapters, corrections };
}
