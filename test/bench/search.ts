/** Measures the search index of libraries of any size, made of this library's chapters with many of their words exchanged. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { numberedChapters } from "../../src/library/numbered-chapters.ts";
import { sha256 } from "../../src/publish/object-store.ts";
import type { CompiledTexts, DescribedBook } from "../../src/publish/outputs/output.ts";
import { searchIndex } from "../../src/publish/outputs/search-index.ts";
import { indexText } from "../../src/publish/search/index-text.ts";
import { parseRoot } from "../../src/search/index-files.ts";
import { IndexReader } from "../../src/search/index-reader.ts";
import { search } from "../../src/search/search.ts";
import { encodeDocument, parseDocument, type SearchableText } from "../../src/search/search-document.ts";
import { ownLibrary } from "../own-library.ts";
import { hostileStrings } from "../search/hostile-strings.ts";
import { formulaQueries, wordQueries } from "../search/queries.ts";
import { worldRelease } from "../world-release.ts";
import { median } from "./median.ts";

export interface MeasuredSearch {
  readonly chapters: number;
  readonly indexBytes: number;
  readonly documentBytes: number;
  readonly warmMs: { readonly words: Spread; readonly formulas: Spread };
  readonly coldMs: { readonly words: Spread; readonly formulas: Spread };
  /** Of strings that nobody means, warm. */
  readonly hostileMs: Percentiles;
  readonly maxReads: number;
  /** One chapter is indexed again, and all files are made anew. */
  readonly changedMs: number;
}

interface Spread {
  readonly median: number;
  readonly most: number;
}

interface Percentiles {
  readonly strings: number;
  readonly median: number;
  readonly p99: number;
  readonly p999: number;
  readonly most: number;
}

const chaptersPerBook = 100;
/** Of all words. */
const exchanged = 0.15;
/** As a search in the Worker has (src/site/search/library-search.ts). */
const maxFiles = 28;
const mostResults = 10;

export async function measureSearch(count: number, rounds: number, strings: number): Promise<MeasuredSearch> {
  const originals = await ownTexts();
  const documents = new Map<string, Uint8Array>();
  const index = (chapter: number) => {
    const text = vary(originals[chapter % originals.length] ?? { places: [], formulas: [] }, chapter, count);
    const bytes = new TextEncoder().encode(encodeDocument(text));
    const document = sha256(bytes);
    documents.set(document, bytes);
    return { ...indexText(text, true), document };
  };
  const books = describeBooks(count);
  const chapters = numberedChapters(books);
  const texts = new Map(chapters.map(({ path }, number) => [path, index(number)]));
  const build = () =>
    searchIndex.build({
      books,
      outline: { library: { data: { language: "en" } } },
      textAt: (path: string) => ({ indexed: texts.get(path) }),
    } as unknown as CompiledTexts);
  const { objects, entries } = await build();
  const files = new Map(objects.map(({ hash, bytes }) => [hash, asBytes(bytes())]));
  const started = process.cpuUsage();
  texts.set(chapters[1]?.path ?? "", index(1));
  await build();
  const changedMs = cpuMs(started);
  const library: Library = {
    files: new Map([...files, ...documents]),
    root: entries.library?.search ?? "",
    documentOf: (number) => texts.get(chapters[number]?.path ?? "")?.document,
  };
  const words = wordQueries.map(([query]) => query);
  const formulas = formulaQueries.map(([query]) => query);
  const reads = await Promise.all([...words, ...formulas].map((query) => find(library, query, true)));
  return {
    chapters: count,
    indexBytes: sizeOf(files.values()),
    documentBytes: sizeOf(documents.values()),
    warmMs: {
      words: await spread(library, words, rounds, false),
      formulas: await spread(library, formulas, rounds, false),
    },
    coldMs: {
      words: await spread(library, words, rounds, true),
      formulas: await spread(library, formulas, rounds, true),
    },
    hostileMs: await hostile(library, strings),
    maxReads: Math.max(...reads),
    changedMs,
  };
}

interface Library {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly root: string;
  readonly documentOf: (chapter: number) => string | undefined;
}

/** Returns how many files were read. Cold: none was parsed before. */
async function find({ files, root, documentOf }: Library, query: string, isCold: boolean): Promise<number> {
  let reads = 1;
  const read = (hash: string) => {
    const bytes = files.get(hash) ?? new Uint8Array();
    return isCold ? bytes.slice() : bytes;
  };
  const index = new IndexReader(
    isCold ? parseRoot(read(root)) : rootOf(files, root),
    async (hash) => {
      reads += 1;
      return read(hash);
    },
    maxFiles,
  );
  await search(index, query, {
    chapterAt: (number) => {
      const document = documentOf(number);
      return document === undefined ? undefined : { title: `Chapter ${number}`, isEnglish: true, document };
    },
    most: mostResults,
    isUnfinished: false,
    isCorrected: true,
  });
  return reads;
}

const roots = new WeakMap<object, ReturnType<typeof parseRoot>>();
function rootOf(files: ReadonlyMap<string, Uint8Array>, hash: string) {
  const known = roots.get(files) ?? parseRoot(files.get(hash) ?? new Uint8Array());
  roots.set(files, known);
  return known;
}

/** Of the queries' CPU, each the median of its rounds. */
async function spread(library: Library, queries: readonly string[], rounds: number, isCold: boolean): Promise<Spread> {
  const times: number[] = [];
  for (const query of queries) {
    await find(library, query, isCold);
    const own: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const started = process.cpuUsage();
      await find(library, query, isCold);
      own.push(cpuMs(started));
    }
    times.push(median(own));
  }
  return { median: median(times), most: Math.max(...times) };
}

/** Each string is searched for once: what the process does meanwhile, such as collecting garbage, counts as well. */
async function hostile(library: Library, strings: number): Promise<Percentiles> {
  const times: number[] = [];
  for (const text of hostileStrings(strings)) {
    const started = process.cpuUsage();
    await find(library, text, false);
    times.push(cpuMs(started));
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0;
  return { strings, median: at(0.5), p99: at(0.99), p999: at(0.999), most: at(1) };
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

async function ownTexts(): Promise<SearchableText[]> {
  const { folder, manifest } = await worldRelease(ownLibrary);
  return numberedChapters(manifest.books).map(({ chapter }) => {
    const { places, formulas, markupOf } = parseDocument(
      readFileSync(join(folder, "objects", `${chapter.searchDocument}.search`)),
    );
    return {
      places,
      formulas: formulas.map(({ at, ...formula }) => ({ ...formula, ...markupOf({ ...formula, at }) })),
    };
  });
}

/** Each library has more words the larger it is, a few of them frequent. */
function vary({ places, formulas }: SearchableText, seed: number, count: number): SearchableText {
  let state = seed * 2_654_435_761 + 1;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const known = 60 * count ** 0.7;
  const exchange = (text: string) =>
    text.replace(/\b[a-z]{4,}\b/g, (word) => (random() < exchanged ? inventedWord(known ** random()) : word));
  return { formulas, places: places.map((place) => ({ ...place, text: exchange(place.text) })) };
}

const syllables = "ba co du fe gi ho ja ku le mi no pa re su ta vo wi xe yo zu".split(" ");
function inventedWord(number: number): string {
  let word = "";
  for (let rest = Math.floor(number) + 20; rest > 0; rest = Math.floor(rest / 20)) word += syllables[rest % 20] ?? "";
  return word;
}

function describeBooks(count: number): DescribedBook[] {
  const chapter = (number: number) => ({
    slug: `chapter-${number}`,
    title: `Chapter ${number}`,
    excerpt: "One of many.",
    object: "x",
  });
  return Array.from({ length: Math.ceil(count / chaptersPerBook) }, (_, book) => {
    const own = Math.min(chaptersPerBook, count - book * chaptersPerBook) - 1;
    const contents = Array.from({ length: own }, (_, index) => chapter(book * chaptersPerBook + index));
    return { slug: `book-${book}`, overview: chapter(0), contents } as unknown as DescribedBook;
  });
}

const asBytes = (bytes: string | Uint8Array) => (typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
const sizeOf = (files: Iterable<Uint8Array>) => [...files].reduce((sum, { byteLength }) => sum + byteLength, 0);
