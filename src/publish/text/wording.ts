/** Compares the wording of two versions of a text: words, numbers, formulas and code, but not markup or typography. */

/** A word, number, formula or line of code. */
interface Piece {
  /** Equal for pieces that read the same. */
  readonly key: string;
  readonly isWord: boolean;
  readonly offset: number;
  readonly length: number;
}

/** A place where the wording differs. */
export interface Difference {
  /** As written, "" if nothing was there. */
  readonly before: string;
  readonly after: string;
  /** Of `after` in the newer version; of what follows if something was removed. */
  readonly offset: number;
  readonly length: number;
}

/** Markdown in pieces; what is only markup is skipped, and so are the targets of links. */
const forms: Readonly<Record<string, RegExp>> = {
  listing: /^(?:```|~~~)[^\n]*\n[\s\S]*?^(?:```|~~~)[^\n]*$/mu,
  formula: /\$\$[\s\S]+?\$\$|\$(?![\s$])(?:\\[\s\S]|[^\\$])*?(?<!\s)\$(?![\d$])/u,
  code: /`[^`\n]+`|\{\{[^{}]*\}\}/u,
  markup:
    /\]\([^\s)]*|\]\{[^{}\n]*\.(?:index|model|dataset)(?![\w-])[^}\n]*\}|\[@[^\]\n]*\]|\[\^[^\]\s]*\]:?|\\eqref\{[^}\n]*\}|^:::[a-z-]*|<\/?[a-z][^<>\n]*>|https?:\/\/[^\s)>]+/mu,
  number: /(?:(?<![\p{L}\p{N}])[-−])?\p{Nd}+(?:[.,]\p{Nd}+)*|%/u,
  word: /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|\p{L}[\p{L}\p{M}]*/u,
};
const anyForm = new RegExp(
  Object.entries(forms)
    .map(([name, { source }]) => `(?<${name}>${source})`)
    .join("|"),
  "gmu",
);

function piecesOf(text: string): Piece[] {
  return [...text.matchAll(anyForm)].flatMap(({ 0: raw, index, groups = {} }): Piece[] => {
    if (groups.markup !== undefined) return [];
    const place = { offset: index, length: raw.length, isWord: groups.word !== undefined };
    if (groups.listing !== undefined) return linesOf(raw, index);
    const bare = raw.replace(/\\label\s*\{[^}]*\}/, "").replace(/\s+/g, "");
    if (groups.number !== undefined) return [{ ...place, key: bare.replace("−", "-").replace(/,(?=\d{3})/g, "") }];
    return [{ ...place, key: place.isWord ? raw.normalize("NFC").toLowerCase() : bare }];
  });
}

/** Of a listing, without its fences. */
function linesOf(listing: string, start: number): Piece[] {
  let offset = start;
  const lines = listing.split("\n").map((line) => {
    const piece = { key: line.trim(), isWord: false, offset, length: line.length };
    offset += line.length + 1;
    return piece;
  });
  return lines.slice(1, -1).filter(({ key }) => key !== "");
}

/** The differences that a reader might care about, in order: see `isTrivial`. */
export function compareWording(older: string, newer: string): Difference[] {
  const [before, after] = [piecesOf(older), piecesOf(newer)];
  const used = new Set(after.map(({ key }) => key));
  return hunksOf(before, after)
    .filter(({ removed, added }) => !isTrivial(before.slice(...removed), after.slice(...added), used))
    .map(({ removed, added }) => {
      const next = after[Math.min(added[0], after.length - 1)];
      const last = after[added[1] - 1];
      const end = added[0] < added[1] && last ? last.offset + last.length : (next?.offset ?? 0) + (next?.length ?? 1);
      const offset = next?.offset ?? 0;
      return {
        before: written(older, before.slice(...removed)),
        after: written(newer, after.slice(...added)),
        offset,
        length: Math.max(1, end - offset),
      };
    });
}

function written(text: string, pieces: readonly Piece[]): string {
  const [first, last] = [pieces[0], pieces.at(-1)];
  return first && last ? text.slice(first.offset, last.offset + last.length).replace(/\s+/g, " ") : "";
}

interface Hunk {
  /** From and to, in pieces. */
  readonly removed: readonly [number, number];
  readonly added: readonly [number, number];
}

/** By the longest common subsequence. */
function hunksOf(before: readonly Piece[], after: readonly Piece[]): Hunk[] {
  const same = (i: number, j: number) => before[i]?.key === after[j]?.key;
  let start = 0;
  while (start < before.length && start < after.length && same(start, start)) start += 1;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && same(endBefore - 1, endAfter - 1)) {
    endBefore -= 1;
    endAfter -= 1;
  }
  const width = endAfter - start + 1;
  /** Length of the longest common subsequence of the rests, by row and column. */
  const common = new Uint32Array((endBefore - start + 1) * width);
  const at = (i: number, j: number) => common[(i - start) * width + (j - start)] ?? 0;
  for (let i = endBefore - 1; i >= start; i--) {
    for (let j = endAfter - 1; j >= start; j--) {
      common[(i - start) * width + (j - start)] = same(i, j)
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const hunks: Hunk[] = [];
  let [i, j] = [start, start];
  while (i < endBefore || j < endAfter) {
    const [fromI, fromJ] = [i, j];
    while ((i < endBefore || j < endAfter) && !(i < endBefore && j < endAfter && same(i, j))) {
      if (j >= endAfter || (i < endBefore && at(i + 1, j) >= at(i, j + 1))) i += 1;
      else j += 1;
    }
    if (i > fromI || j > fromJ) hunks.push({ removed: [fromI, i], added: [fromJ, j] });
    while (i < endBefore && j < endAfter && same(i, j)) {
      i += 1;
      j += 1;
    }
  }
  return hunks;
}

/**
 * Whether only spelling changed: words that were joined or separated, or one character of a long word. Two characters would turn “increase” into “decrease”. Numbers, formulas and code always count.
 */
function isTrivial(removed: readonly Piece[], added: readonly Piece[], used: ReadonlySet<string>): boolean {
  if (![...removed, ...added].every(({ isWord }) => isWord)) return false;
  if (joined(removed) === joined(added)) return true;
  return (
    removed.length === added.length &&
    removed.every(({ key }, index) => key === added[index]?.key || isMisspelling(key, added[index]?.key ?? "", used))
  );
}

const joined = (pieces: readonly Piece[]): string => pieces.map(({ key }) => key).join("");

const letters = /^[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{M}]{5,}$/u;

/** A word that the text still uses was not misspelt: “causal” and “casual” are both words. */
const isMisspelling = (before: string, after: string, used: ReadonlySet<string>): boolean =>
  letters.test(before) && letters.test(after) && !used.has(before) && isOneSlip(before, after);

/** One letter added, left out or replaced, or two neighbours swapped. */
function isOneSlip(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
