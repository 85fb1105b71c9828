/**
 * Estimates the width of a formula, in em of its own font, from KaTeX's layout tree, whose letters have widths.
 * Browsers differ by a few hundredths, as measured in test/publish/formula-width.test.ts.
 */
import katex from "katex";

/** A node of KaTeX's layout tree; only these fields are read. */
interface Node {
  readonly text?: string;
  readonly width?: number;
  readonly italic?: number;
  readonly classes?: readonly string[];
  readonly children?: readonly Node[];
  readonly style?: Readonly<Record<string, string | undefined>>;
}

/** Exported by KaTeX under this name, but missing from its types. */
const { __renderToHTMLTree: toTree } = katex as unknown as {
  __renderToHTMLTree: (tex: string, options: object) => Node;
};
const layOut = (tex: string, displayMode: boolean): Node =>
  toTree(tex, { displayMode, trust: false, maxSize: 40, maxExpand: 1000, strict: "ignore" });

/** The TeX must be valid. */
export const displayedWidth = (tex: string): number => widthOf(layOut(tex, true));

/** Of each piece of a formula in a line of text: browsers break it only between those. The TeX must be valid. */
export const pieceWidths = (tex: string): readonly number[] => piecesOf(layOut(tex, false)).map(widthOf);

const piecesOf = (node: Node): readonly Node[] =>
  node.classes?.includes("katex-base") ? [node] : (node.children ?? []).flatMap(piecesOf);

/** KaTeX's sizes 1 to 11, from its stylesheet. */
const sizes = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488];

function widthOf(node: Node): number {
  const { classes = [], children = [], style = {}, text } = node;
  if (classes.some((name) => withoutWidth.has(name))) return 0;
  const own = em(style.width) + em(style.marginLeft) + em(style.marginRight) + em(style.paddingLeft);
  if (text !== undefined) {
    if (text === "\u200b") return 0;
    // KaTeX merges the letters of a word into one node and keeps the width of the first.
    const rest = [...text].slice(1).reduce((sum, letter) => sum + letterWidth(letter), 0);
    return (node.width ?? 0) + Math.max(0, node.italic ?? 0) + rest + own;
  }
  if (classes.includes("nulldelimiter")) return 0.12 * scaleOf(classes);
  const widths = children.map(widthOf);
  // Stacked: the widest counts.
  const isStack = classes.includes("vlist") || classes.includes("vlist-t");
  const inner = isStack ? Math.max(0, ...widths) : widths.reduce((sum, width) => sum + width, 0);
  return (inner + own) * scaleOf(classes);
}

/** Struts only have a height; a drawn stroke is as wide as what it belongs to. */
const withoutWidth: ReadonlySet<string> = new Set([
  "katex-strut",
  "pstrut",
  "vlist-s",
  "llap",
  "rlap",
  "clap",
  "hide-tail",
  "frac-line",
]);

const em = (length: string | undefined): number => (length?.endsWith("em") ? Number.parseFloat(length) : 0);

/** Of a node with two classes such as `reset-size6` and `size3`. */
function scaleOf(classes: readonly string[]): number {
  const reset = classes.find((name) => name.startsWith("reset-size"));
  const set = reset && classes.find((name) => name.startsWith("size"));
  if (!reset || !set) return 1;
  const from = sizes[Number(reset.slice("reset-size".length)) - 1];
  const to = sizes[Number(set.slice("size".length)) - 1];
  return from === undefined || to === undefined ? 1 : to / from;
}

const letterWidths = new Map<string, number>();

/** Width of the upright letter; other styles rarely differ by more than a twentieth. */
function letterWidth(letter: string): number {
  const known = letterWidths.get(letter);
  if (known !== undefined) return known;
  const width = /^[\p{L}\p{N}]$/u.test(letter) && letter < "\u00ff" ? displayedWidth(`\\mathrm{${letter}}`) : 0.5;
  letterWidths.set(letter, width);
  return width;
}
