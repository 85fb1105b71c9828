/** Reads the files of the index by name, within a limit, and parses each only once. */
import { fileOf, type IndexRoot, type KnownWord, parseWords, wordsLike } from "./index-files.ts";
import { PostingsFile, type TermFinder } from "./postings.ts";
import { parseDocument, type SearchDocument } from "./search-document.ts";

/** The bytes of an object of the release. Throws if they are missing or damaged. */
export type ReadFile = (hash: string) => Promise<Uint8Array>;

/** Keyed by the bytes, so that what is parsed is forgotten with them. */
const parsed = new WeakMap<Uint8Array, unknown>();

function once<Result>(bytes: Uint8Array, parse: (bytes: Uint8Array) => Result): Result {
  if (!parsed.has(bytes)) parsed.set(bytes, parse(bytes));
  return parsed.get(bytes) as Result;
}

export class IndexReader {
  readonly root: IndexRoot;
  readonly #read: ReadFile;
  readonly #files = new Map<string, Promise<Uint8Array>>();
  readonly #maxFiles: number;

  constructor(root: IndexRoot, read: ReadFile, maxFiles: number) {
    this.root = root;
    this.#read = read;
    this.#maxFiles = maxFiles;
  }

  /** How many more files this search may read. */
  get left(): number {
    return this.#maxFiles - this.#files.size;
  }

  /** Undefined if the limit is reached. */
  #file(hash: string): Promise<Uint8Array> | undefined {
    const known = this.#files.get(hash);
    if (known !== undefined || this.left <= 0) return known;
    const file = this.#read(hash);
    this.#files.set(hash, file);
    return file;
  }

  /** The file of postings that has the term, if any has. */
  async postings(term: string): Promise<TermFinder | undefined> {
    const hash = fileOf(this.root.postings, term);
    const bytes = hash === undefined ? undefined : await this.#file(hash);
    return bytes && once(bytes, (file) => new PostingsFile(file));
  }

  /** The known words with this first letter, by their length. */
  async words(letter: string): Promise<(length: number) => readonly KnownWord[]> {
    const hash = fileOf(this.root.words, letter);
    const bytes = hash === undefined ? undefined : await this.#file(hash);
    const words = bytes && once(bytes, parseWords);
    return (length) => (words ? wordsLike(words, letter, length) : []);
  }

  async document(hash: string): Promise<SearchDocument | undefined> {
    const bytes = await this.#file(hash);
    return bytes && once(bytes, parseDocument);
  }
}
