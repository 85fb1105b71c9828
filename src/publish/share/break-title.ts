/** Breaks a title into lines of similar width, as large as its space allows. */

interface Space {
  readonly width: number;
  readonly height: number;
  /** Distance of two baselines, in em. */
  readonly leading: number;
}

export interface SetTitle {
  readonly size: number;
  readonly lines: readonly string[];
}

/** A piece that is not divided, and whether a space precedes it. */
interface Piece {
  readonly text: string;
  readonly spaced: boolean;
}

/**
 * `measure`: the width of a text in em. `sizes`: from the largest to the smallest, which is always possible. `worth`: a
 * factor for what else becomes of a choice.
 */
export function breakTitle(
  title: string,
  measure: (text: string) => number,
  { width, height, leading }: Space,
  sizes: readonly number[],
  worth = (_: SetTitle): number => 1,
): SetTitle {
  const possible = sizes.flatMap((size): SetTitle[] => {
    const lines = linesAt(title, measure, width / size, false);
    return lines && lines.length * size * leading <= height ? [{ size, lines }] : [];
  });
  const [best] = possible.sort((a, b) => worthOf(b) * worth(b) - worthOf(a) * worth(a));
  if (best) return best;
  const size = sizes.at(-1) ?? 1;
  const lines = linesAt(title, measure, width / size, true) ?? [title];
  return { size, lines: lines.slice(0, Math.floor(height / (size * leading))) };
}

/** A line less is worth a smaller size, down to what is small for a title. */
const worthOf = ({ size, lines }: SetTitle): number => size ** 1.3 * 0.72 ** lines.length;

/** What follows the first colon begins a line, unless the title fits on one. Undefined if a word is wider than a line. */
function linesAt(
  title: string,
  measure: (text: string) => number,
  width: number,
  dividesWords: boolean,
): string[] | undefined {
  if (measure(title) <= width) return [title];
  const end = title.indexOf(": ") + 1;
  const parts = end > 0 ? [title.slice(0, end), title.slice(end + 1)] : [title];
  const lines = parts.map((part) => balance(piecesOf(part, measure, dividesWords ? width : undefined), measure, width));
  return lines.every((part) => part !== undefined) ? lines.flat() : undefined;
}

const unspaced =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}\u3000-\u303f\uff00-\uffef]/u;
/** https://www.w3.org/TR/jlreq/#line_breaking: what must not begin a line, and what must not end one. */
const neverFirst = /^[、。，．：；？！）」』】〉》〕｝・ー…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々\p{M}]/u;
const neverLast = /[（「『【〈《〔｛]$/u;

/** Words; in scripts without spaces, characters. `maxWidth`: wider words are divided too. */
function piecesOf(text: string, measure: (text: string) => number, maxWidth: number | undefined): Piece[] {
  const pieces: Piece[] = [];
  const words = text.split(/[ \t\n]+/).filter((word) => word !== "");
  for (const [index, word] of words.entries()) {
    const isDivided = maxWidth !== undefined && measure(word) > maxWidth;
    let isFirst = true;
    for (const part of isDivided ? [...word] : divide(word)) {
      pieces.push({ text: part, spaced: isFirst && index > 0 });
      isFirst = false;
    }
  }
  return pieces;
}

function divide(word: string): string[] {
  const parts: string[] = [];
  for (const character of word) {
    const before = parts.at(-1);
    const isJoined = before === undefined || neverFirst.test(character) || neverLast.test(before);
    const mayDivide = before !== undefined && (unspaced.test(character) || unspaced.test(before.at(-1) ?? ""));
    if (isJoined || !mayDivide) parts.splice(-1, 1, (before ?? "") + character);
    else parts.push(character);
  }
  return parts;
}

const join = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, spaced }, index) => (spaced && index > 0 ? ` ${text}` : text)).join("");

/** As few lines as possible, of widths as similar as possible; the last one is not much shorter than the others. */
function balance(pieces: readonly Piece[], measure: (text: string) => number, width: number): string[] | undefined {
  /** Of each number of first pieces: the best lines of them, by number of lines. */
  interface Best {
    readonly cost: number;
    readonly lines: readonly string[];
  }
  const best: (Best | undefined)[][] = [[{ cost: 0, lines: [] }]];
  for (let end = 1; end <= pieces.length; end += 1) {
    const row: (Best | undefined)[] = [];
    for (let start = end - 1; start >= 0; start -= 1) {
      const line = join(pieces.slice(start, end));
      const free = width - measure(line);
      if (free < 0) break;
      // The last line may be the shorter one.
      const unevenness = end === pieces.length ? 0.8 * free ** 2 : free ** 2;
      for (const [count, before] of (best[start] ?? []).entries()) {
        const cost = (before?.cost ?? Number.POSITIVE_INFINITY) + unevenness;
        if (before && cost < (row[count + 1]?.cost ?? Number.POSITIVE_INFINITY))
          row[count + 1] = { cost, lines: [...before.lines, line] };
      }
    }
    best.push(row);
  }
  const found = best.at(-1)?.find((lines) => lines !== undefined);
  return found && [...found.lines];
}
