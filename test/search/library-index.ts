/** Opens the search index of a compiled library without a Worker, as a search at any time would read it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isEnglish } from "../../src/library/language.ts";
import type { Manifest } from "../../src/library/manifest.ts";
import { numberedChapters } from "../../src/library/numbered-chapters.ts";
import { type IndexRoot, parseRoot, parseWords } from "../../src/search/index-files.ts";
import { IndexReader, type ReadFile } from "../../src/search/index-reader.ts";
import type { TermFinder } from "../../src/search/postings.ts";
import { search } from "../../src/search/search.ts";
import { parseDocument } from "../../src/search/search-document.ts";
import { worldRelease } from "../world-release.ts";

interface FlatResult {
  readonly path: string;
  readonly kind: string;
  readonly url: string;
  readonly tex: string;
  readonly snippet: string;
}

interface SearchWork {
  /** Files. */
  readonly reads: number;
  /** Terms, of which each has at most as many postings as the library has chapters. */
  readonly terms: number;
  /** Known words that a mistyped one was compared with. */
  readonly words: number;
}

/** Counts what one search looks at: its time, without a clock. */
class CountingReader extends IndexReader {
  reads = 0;
  termsLookedUp = 0;
  wordsCompared = 0;

  constructor(root: IndexRoot, read: ReadFile) {
    super(
      root,
      (hash) => {
        this.reads += 1;
        return read(hash);
      },
      maxFiles,
    );
  }

  override async postings(term: string): Promise<TermFinder | undefined> {
    const file = await super.postings(term);
    return (
      file && {
        find: (wanted) => {
          this.termsLookedUp += 1;
          return file.find(wanted);
        },
        withPrefix: (prefix, most) => {
          const found = file.withPrefix(prefix, most);
          this.termsLookedUp += found.length;
          return found;
        },
      }
    );
  }

  override async words(letter: string): ReturnType<IndexReader["words"]> {
    const known = await super.words(letter);
    return (length) => {
      const words = known(length);
      this.wordsCompared += words.length;
      return words;
    };
  }

  get work(): SearchWork {
    return { reads: this.reads, terms: this.termsLookedUp, words: this.wordsCompared };
  }
}

const maxFiles = 29;

export interface LibraryIndex {
  readonly manifest: Manifest;
  /** The results with their best places; `hidden`: paths that are not public. */
  readonly find: (query: string, hidden?: readonly string[]) => Promise<FlatResult[]>;
  /** What the last search has read. */
  readonly work: () => SearchWork;
  /** How many words it knows. */
  readonly known: number;
  readonly displayed: () => readonly { readonly tex: string; readonly tokens: string; readonly url: string }[];
}

export async function openIndex(folder: string): Promise<LibraryIndex> {
  const { folder: release, manifest } = await worldRelease(folder);
  const cache = new Map<string, Uint8Array>();
  const read = async (hash: string) => {
    const bytes = cache.get(hash) ?? readFileSync(join(release, "objects", `${hash}.search`));
    cache.set(hash, bytes);
    return bytes;
  };
  const root = parseRoot(await read(manifest.search ?? ""));
  const chapters = numberedChapters(manifest.books);
  const wordFiles = await Promise.all(root.words.map(async ([, hash]) => parseWords(await read(hash))));
  const known = wordFiles.reduce((sum, words) => sum + [...words.values()].flat().length, 0);
  let work: SearchWork = { reads: 0, terms: 0, words: 0 };
  const displayed = (
    await Promise.all(
      chapters.map(async ({ chapter, path }) => {
        const { formulas, markupOf } = parseDocument(await read(chapter.searchDocument ?? ""));
        return formulas
          .filter(({ id }) => id !== undefined)
          .map((formula) => ({ ...markupOf(formula), tokens: formula.tokens, url: `${path}#${formula.id}` }));
      }),
    )
  ).flat();
  return {
    manifest,
    work: () => work,
    known,
    displayed: () => displayed,
    async find(query, hidden = []) {
      const chapterAt = (number: number) => {
        const { chapter, path } = chapters[number] ?? {};
        if (!chapter || path === undefined || hidden.includes(path)) return undefined;
        const language = chapter.language ?? manifest.language;
        return { title: chapter.title, isEnglish: isEnglish(language), document: chapter.searchDocument ?? "" };
      };
      const index = new CountingReader(root, read);
      const { results } = await search(index, query, { chapterAt, most: 10, isUnfinished: false, isCorrected: true });
      work = index.work;
      return results.map(({ chapter, places: [best] }) => ({
        path: chapters[chapter]?.path ?? "",
        kind: best?.kind ?? "",
        url: `${chapters[chapter]?.path}${best && best.id !== "" ? `#${best.id}` : ""}`,
        tex: best?.formula?.tex ?? "",
        snippet: (best?.snippet ?? []).map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join(""),
      }));
    },
  };
}
