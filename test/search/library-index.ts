/** Opens the search index of a compiled library without a Worker, as a search at any time would read it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isEnglish } from "../../src/library/language.ts";
import type { Manifest } from "../../src/library/manifest.ts";
import { numberedChapters } from "../../src/library/numbered-chapters.ts";
import { parseRoot } from "../../src/search/index-files.ts";
import { IndexReader } from "../../src/search/index-reader.ts";
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

export interface LibraryIndex {
  readonly manifest: Manifest;
  /** The results with their best places; `hidden`: paths that are not public. */
  readonly find: (query: string, hidden?: readonly string[]) => Promise<FlatResult[]>;
  /** How many files the last search has read. */
  readonly reads: () => number;
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
  let reads = 0;
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
    reads: () => reads,
    displayed: () => displayed,
    async find(query, hidden = []) {
      const chapterAt = (number: number) => {
        const { chapter, path } = chapters[number] ?? {};
        if (!chapter || path === undefined || hidden.includes(path)) return undefined;
        const language = chapter.language ?? manifest.language;
        return { title: chapter.title, isEnglish: isEnglish(language), document: chapter.searchDocument ?? "" };
      };
      reads = 0;
      const counted = (hash: string) => {
        reads += 1;
        return read(hash);
      };
      const index = new IndexReader(root, counted, 29);
      const { results } = await search(index, query, { chapterAt, most: 10, isUnfinished: false, isCorrected: true });
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
