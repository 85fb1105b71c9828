/**
 * Writes a simple formula as HTML text for email: `<i>q</i><sub>i</sub>`, `<i>n</i> = 5`. Text follows the size and colour
 * of what surrounds it, and is there when images are blocked.
 */
import { escapeUTF8 } from "entities";
import { type MathsNode, parseMaths } from "./maths-tree.ts";

/**
 * The HTML of a formula of one term, perhaps with a minus, of two around one sign, or of a list of terms, perhaps in
 * brackets; undefined for others. A term is a letter or a number with at most one script: two above each other need a
 * layout that email clients lack.
 */
export function mathsInHtml(mathml: string): string | undefined {
  if (!plain.test(mathml) || uprightLetter.test(mathml)) return undefined;
  const tree = parseMaths(mathml);
  const items = itemsOf(tree);
  if (items.length === 3) {
    const [left, right] = [termOf(items[0]), termOf(items[2])];
    const sign = items[1]?.kind === "operator" && signs.has(items[1].text) ? escapeUTF8(items[1].text) : undefined;
    if (left && right && sign) return `${left}\u00a0${sign}\u00a0${right}`;
  }
  if (tree.kind !== "fenced") return listOf(items);
  const inside = brackets.has(tree.open + tree.close) ? listOf(itemsOf(tree.inside)) : undefined;
  return inside && tree.open + inside + tree.close;
}

const itemsOf = (node: MathsNode): readonly MathsNode[] =>
  node.kind === "row" ? node.items.filter(({ kind }) => kind !== "space") : [node];

const brackets: ReadonlySet<string> = new Set(["()", "[]", "{}"]);

/** A list of more terms may be broken after a comma. */
const maxUnbroken = 4;

/** Terms between commas, each perhaps with a minus. */
function listOf(items: readonly MathsNode[]): string | undefined {
  const groups: MathsNode[][] = [[]];
  for (const item of items) {
    if (item.kind === "operator" && item.text === ",") groups.push([]);
    else groups.at(-1)?.push(item);
  }
  const terms = groups.map(([first, second, ...more]) => {
    if (more.length > 0) return undefined;
    if (second) return isMinus(first) ? after("−", termOf(second)) : undefined;
    return first?.kind === "operator" && first.text === "…" && groups.length > 1 ? "…" : termOf(first);
  });
  return terms.includes(undefined) ? undefined : terms.join(terms.length > maxUnbroken ? ", " : ",\u00a0");
}

/** Without colours, frames, phantoms, accents and stacked letters: the tree omits them, or text cannot show them. */
const plain = /^(?:[^<]|<\/?(?:math|semantics|mrow|mi|mn|mo|mtext|msub|msup)(?: [^>]*)?>)*$/;

/** `\mathrm{d}`: the tree does not tell it from an italic one. */
const uprightLetter = /<mi mathvariant="normal">[A-Za-z]/;

const isMinus = (node: MathsNode | undefined): boolean => node?.kind === "operator" && node.text === "−";

const after = (sign: string, term: string | undefined): string | undefined => term && sign + term;

const signs: ReadonlySet<string> = new Set(["=", "<", ">", "≤", "≥", "≠", "≈", "+", "−", "×"]);

function termOf(node: MathsNode | undefined): string | undefined {
  if (node?.kind !== "scripts") return symbolOf(node);
  const base = symbolOf(node.base);
  if (base === undefined || (node.below && node.above)) return undefined;
  if (node.above?.kind === "operator" && node.above.text === "′") return `${base}′`;
  const tag = node.below ? "sub" : "sup";
  const script = scriptOf(node.below ?? node.above);
  return script === undefined ? undefined : `${base}<${tag}>${script}</${tag}>`;
}

/** Letters that the fonts of email clients have: no bold, double-struck or script ones. */
function symbolOf(node: MathsNode | undefined): string | undefined {
  if (node?.kind === "number") return /^[0-9.,]+$/.test(node.text) ? node.text : undefined;
  if (node?.kind !== "letter") return undefined;
  if (/^[A-Za-zα-ωϑϕϵ]$/.test(node.text)) return `<i>${node.text}</i>`;
  // TeX sets Greek capitals upright.
  return /^[Α-Ω]$/.test(node.text) ? node.text : undefined;
}

const maxScript = 3;

/** Up to three symbols in a row, or a word. */
function scriptOf(node: MathsNode | undefined): string | undefined {
  if (node?.kind === "words" || node?.kind === "name") return /^[A-Za-z]{1,8}$/.test(node.text) ? node.text : undefined;
  const items = node?.kind === "row" ? node.items.filter(({ kind }) => kind !== "space") : [node];
  if (items.length > maxScript) return undefined;
  const symbols = items.map((item) => {
    if (item?.kind === "letter" && item.text === "⊤") return "T";
    return item?.kind === "operator" && /^[+−∗,]$/.test(item.text) ? item.text : symbolOf(item);
  });
  return symbols.includes(undefined) ? undefined : symbols.join("");
}
