/** Prepares MathML for feeds, where no stylesheet helps and readers may show only its text. */
import {
  childrenOf,
  element,
  isOperator,
  isSpace,
  type MathmlElement,
  nameIn,
  parseMathml,
  setChildren,
  textOf,
  writeMathml,
} from "./mathml-elements.ts";
import { addSigns } from "./mathml-for-text.ts";

/** `mathml`: as returned by `typesetMaths`. */
export function feedMathml(mathml: string): string {
  const root = parseMathml(mathml);
  repairLook(root);
  addSigns(root);
  return writeMathml(root);
}

/** What WebKit does not draw as others do. */
function repairLook(node: MathmlElement): void {
  for (const child of childrenOf(node)) repairLook(child);
  if (node.name === "mtable") alignCells(node);
  if (node.name === "mover" || node.name === "munder") repairAccent(node);
  spaceFunctions(node);
}

/** MathML Core has no `columnalign`: aligned formulas would lose their columns. */
function alignCells(table: MathmlElement): void {
  const aligns = (table.attributes.columnalign ?? "").split(" ").filter(Boolean);
  if (!aligns.some((align) => align !== "center")) return;
  for (const row of childrenOf(table))
    for (const [index, cell] of childrenOf(row).entries()) {
      const align = aligns[index] ?? aligns.at(-1) ?? "center";
      // Chromium centres formulas in cells unless the value has its prefix.
      cell.attributes.style = `text-align:${align};text-align:-webkit-${align};padding-left:0;padding-right:0`;
      // WebKit would align the letters of each script as well.
      for (const { attributes } of childrenOf(cell)) {
        attributes.style = [attributes.style, "text-align:start"].filter(Boolean).join(";");
      }
    }
}

/** WebKit draws U+203E at no height, and an accent's U+00AF too small. As text, `^` would be a power. */
function repairAccent(node: MathmlElement): void {
  const mark = childrenOf(node)[1];
  const drawn = { "‾": "¯", "^": "ˆ", "~": "˜" }[textOf(mark)];
  if (!mark || drawn === undefined) return;
  mark.children = [drawn];
  if (drawn === "¯") {
    delete node.attributes.accent;
    delete node.attributes.accentunder;
  }
}

const functionApplication = "\u2061";
const thinSpace = (): MathmlElement => element("mtext", {}, ["\u2009"]);

/** TeX's space between a function and its neighbours: `m cos θ`. */
function spaceFunctions(node: MathmlElement): void {
  if (!nameIn(node, ["mrow", "mstyle", "mtd", "math", "msqrt"])) return;
  const siblings = childrenOf(node);
  const spaced = siblings.flatMap((child, index) => {
    const [before, next] = [siblings[index - 1], siblings[index + 1]];
    const follows = textOf(child) === functionApplication && next !== undefined && !isOperator(next) && !isSpace(next);
    const isName = isFunction(child) && before !== undefined && !isOperator(before) && !isSpace(before);
    return [...(isName ? [thinSpace()] : []), child, ...(follows ? [thinSpace()] : [])];
  });
  if (spaced.length === siblings.length) return;
  setChildren(node, spaced);
}

/** `cos`, `max`, also with scripts. */
const isFunction = (node: MathmlElement): boolean => {
  const [base] = childrenOf(node);
  if (base && /^m(?:sub|sup|under|over)/.test(node.name)) return isFunction(base);
  if (base && node.name === "mrow" && textOf(node).endsWith(functionApplication)) return true;
  return node.name === "mi" && /^\p{L}{2,}$/u.test(textOf(node));
};
