/**
 * Fits tables to phones: finds the largest font size at which the longest words and the formulas of all columns fit
 * side by side.
 */
import { phoneWidth, rigidImage, shrinkingImage } from "./wide-image.ts";

/** `name` is a class of mail.css; `padding` is between two columns. */
const sizes = [
  { name: "", type: 16, padding: 14 },
  { name: "small", type: 14, padding: 6 },
  { name: "smaller", type: 13, padding: 5 },
  { name: "smallest", type: 12, padding: 4 },
] as const;

/** Mean width of a letter in em, in the fonts of email clients. */
const letterWidth = { td: 0.56, th: 0.63 } as const;

export interface TableSize {
  readonly name: string;
  /** Scale of formulas, which are drawn for text of 16 px. */
  readonly scale: number;
  /** Whether the table fits; otherwise formulas have to shrink. */
  readonly fits: boolean;
}

/** `html`: the rows, their formulas drawn at full size. */
export function tableSize(html: string): TableSize {
  const rows = [...html.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<(t[hd])\b[^>]*>([\s\S]*?)<\/\1>/g)].map(([, tag, cell = ""]) => ({
      letter: letterWidth[tag as "td" | "th"],
      word: Math.max(0, ...wordsOf(cell).map((word) => [...word].length)),
      picture: Math.max(0, ...[...cell.matchAll(/<img [^>]*?width="(\d+)"/g)].map(([, width]) => Number(width))),
    })),
  );
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widthAt = ({ type, padding }: (typeof sizes)[number]) => {
    const widths = Array.from({ length: columns }, (_, index) =>
      Math.max(
        ...rows.flatMap((row) => {
          const cell = row[index];
          return cell ? [cell.word * cell.letter * type, (cell.picture * type) / 16] : [];
        }),
      ),
    );
    return widths.reduce((sum, width) => sum + width, padding * (columns - 1));
  };
  const size = sizes.find((candidate) => widthAt(candidate) <= phoneWidth);
  const { name, type } = size ?? sizes[3];
  return { name, scale: type / 16, fits: size !== undefined };
}

/** Unbreakable words: clients break after a hyphen. */
const wordsOf = (cell: string): string[] =>
  cell
    .replace(/<[^>]*>/g, " ")
    .replace(/&[a-z#0-9]+;/g, "x")
    .split(/\s+|(?<=-)/);

/** Narrower formulas do not shrink. */
const maxRigid = 50;

/** Scales the formulas of a table. If it does not fit, they may shrink further, but stay legible: at least 60 %. */
export function fitFormulas(html: string, scale: number, fits: boolean): string {
  const form =
    /<img src="([^"]*)" alt="([^"]*)" width="(\d+)"(?: height="(\d+)")?( class="wide")?(?: style="([^"]*)")?>/g;
  return html.replace(
    form,
    (_, source: string, alt: string, fullWidth: string, fullHeight: string | undefined, wide, full = "") => {
      const ownHeight = fullHeight ?? /aspect-ratio:auto \d+ \/ (\d+)/.exec(full)?.[1];
      const [width, height] = [Math.round(scale * Number(fullWidth)), Math.round(scale * Number(ownHeight))];
      const style = full
        .replace(/(?<![-\w])(?:max-width|width|height|aspect-ratio):[^;]*;?/g, "")
        .replace(
          /(?<=(?:line-height:|vertical-align:-))\d+/g,
          (length: string) => `${Math.round(scale * Number(length))}`,
        );
      if (wide === undefined && (fits || width < maxRigid)) return rigidImage({ source, alt, width, height, style });
      return shrinkingImage({
        source,
        alt,
        width,
        height,
        style: `min-width:${Math.round(0.6 * width)}px;${style.replace(/line-height:[^;]*;/, "")}`,
      });
    },
  );
}
