/**
 * Encodes and reads one file of postings: which chapters contain a term, and how much it says about each. The file is a
 * directory (`\n<term>\t<offset>\t<count>\n…`), then per chapter the gap to the last number as a varint, and a byte.
 */

/** Chapters by number, ascending, each followed by its impact from 1 to 255. */
export type Posting = readonly number[];

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodePostings(postings: readonly (readonly [term: string, posting: Posting])[]): Uint8Array {
  const bytes: number[] = [];
  const lines = postings.map(([term, posting]) => {
    const start = bytes.length;
    let last = -1;
    for (let index = 0; index < posting.length; index += 2) {
      const chapter = posting[index] ?? 0;
      pushVarint(bytes, chapter - last - 1);
      last = chapter;
      bytes.push(Math.max(1, Math.min(255, Math.round(posting[index + 1] ?? 1))));
    }
    return `${term}\t${start}\t${posting.length / 2}`;
  });
  const directory = encoder.encode(`\n${lines.join("\n")}\n`);
  const file = new Uint8Array(4 + directory.byteLength + bytes.length);
  new DataView(file.buffer).setUint32(0, directory.byteLength);
  file.set(directory, 4);
  file.set(bytes, 4 + directory.byteLength);
  return file;
}

function pushVarint(bytes: number[], number: number): void {
  let rest = number;
  for (; rest > 127; rest >>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
}

type Matches = (chapter: number, impact: number) => boolean;

export interface FoundPosting {
  /** In how many chapters the term is, public or not. */
  readonly chapters: number;
  readonly forEach: (visit: (chapter: number, impact: number) => void) => void;
  /** Stops at the first chapter that matches. */
  readonly some: (matches: (chapter: number) => boolean) => boolean;
}

export interface TermFinder {
  readonly find: (term: string) => FoundPosting | undefined;
  /** The terms that begin with `prefix`, at most `most` of them. */
  readonly withPrefix: (prefix: string, most: number) => [term: string, posting: FoundPosting][];
}

export class PostingsFile implements TermFinder {
  readonly #bytes: Uint8Array;
  readonly #directory: string;
  readonly #start: number;

  constructor(bytes: Uint8Array) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    this.#bytes = bytes;
    this.#start = 4 + length;
    this.#directory = decoder.decode(bytes.subarray(4, this.#start));
  }

  find(term: string): FoundPosting | undefined {
    const at = this.#lineOf(term);
    return this.#directory.startsWith(`${term}\t`, at + 1) ? this.#at(at)[1] : undefined;
  }

  withPrefix(prefix: string, most: number): [term: string, posting: FoundPosting][] {
    const found: [string, FoundPosting][] = [];
    let at = this.#lineOf(prefix);
    while (found.length < most && this.#directory.startsWith(prefix, at + 1)) {
      found.push(this.#at(at));
      at = this.#directory.indexOf("\n", at + 1);
    }
    return found;
  }

  /** The line feed before the first term that is not before `wanted`, or the last one. Terms are sorted by code unit. */
  #lineOf(wanted: string): number {
    const directory = this.#directory;
    let [low, high] = [0, directory.length - 1];
    while (low < high) {
      const middle = directory.lastIndexOf("\n", (low + high) >> 1);
      const term = directory.slice(middle + 1, directory.indexOf("\t", middle));
      if (term < wanted) low = directory.indexOf("\n", middle + 1);
      else high = middle;
    }
    return low;
  }

  /** `at`: the line feed before the term. */
  #at(at: number): [term: string, posting: FoundPosting] {
    const line = this.#directory.slice(at + 1, this.#directory.indexOf("\n", at + 1));
    const [term = "", offset, count] = line.split("\t");
    const [start, chapters] = [this.#start + Number(offset), Number(count)];
    const some = (matches: Matches) => readPosting(this.#bytes, start, chapters, matches);
    const forEach: FoundPosting["forEach"] = (visit) => {
      some((chapter, impact) => {
        visit(chapter, impact);
        return false;
      });
    };
    return [term, { chapters, forEach, some }];
  }
}

/** Whether a chapter matches: then the following ones are not read. */
function readPosting(bytes: Uint8Array, start: number, chapters: number, matches: Matches): boolean {
  let at = start;
  let chapter = -1;
  for (let left = chapters; left > 0; left -= 1) {
    let gap = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = bytes[at++] ?? 0;
      gap |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    chapter += gap + 1;
    if (matches(chapter, bytes[at++] ?? 0)) return true;
  }
  return false;
}
