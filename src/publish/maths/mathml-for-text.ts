/**
 * Adds the signs to MathML that its layout replaces, for feed readers that show only its text: `/` to fractions, `^` and
 * `_` to scripts, `√` to roots, and brackets. They have no size and are phantoms, so that browsers do not draw them and
 * screen readers do not read them.
 */
import {
  childrenOf,
  element,
  isOperator,
  isSpace,
  type MathmlElement,
  nameIn,
  putInRow,
  setChildren,
  textOf,
} from "./mathml-elements.ts";

/** Adds the signs to an element and everything in it. */
export function addSigns(node: MathmlElement): void {
  for (const child of childrenOf(node)) addSigns(child);
  signers[node.name]?.(node);
}

/** Text without size: of a phantom, so that it is neither drawn nor read, and of text, which moves no operator. */
const sign = (text: string): MathmlElement =>
  element("mpadded", { width: "0", height: "0", depth: "0" }, [
    element("mphantom", {}, [element("mtext", {}, [text])]),
  ]);

/** Replaces the children. The old ones stay one child each: an operator's spacing depends on its place in its row. */
function enclose(child: MathmlElement, before: string, after: string): void {
  if (before === "" && after === "") return;
  putInRow(child, before === "" ? [] : [sign(before)], after === "" ? [] : [sign(after)]);
}

function signFraction(fraction: MathmlElement): void {
  const [over, under] = childrenOf(fraction);
  if (!over || !under) return;
  const isBinomial = fraction.attributes.linethickness === "0px";
  const [open, close] = isBesideFactor(fraction) ? ["(", ")"] : ["", ""];
  const [openOver, closeOver] = isCompound(over) ? ["(", ")"] : ["", ""];
  const [openUnder, closeUnder] = isCompound(under) ? ["(", ")"] : ["", ""];
  enclose(over, open + openOver, closeOver);
  enclose(under, (isBinomial ? " over " : "/") + openUnder, closeUnder + close);
}

/** Scripts that say what they are by their sign: primes, stars, transposes. */
const marks = /^[′″‴*∗⋆†‡⊤∘+−]+$/;

function signScripts(node: MathmlElement, kinds: readonly ("_" | "^")[]): void {
  const [base, ...scripts] = childrenOf(node);
  if (!base) return;
  if (isAccent(node)) {
    if (!isOneToken(base)) enclose(base, "(", ")");
    return;
  }
  if (isCompound(base) || nameIn(base, ["mfrac", "msup", "msub", "msubsup"])) enclose(base, "(", ")");
  for (const [index, script] of scripts.entries()) {
    const kind = kinds[index];
    if (kind === undefined || (kind === "^" && marks.test(textOf(script))) || isOperator(script)) continue;
    const isLast = index === scripts.length - 1;
    if (isInBrackets(script)) enclose(script, kind, "");
    else if (isOneToken(script)) enclose(script, kind, isLast && isBesideFactor(node, "after") ? " " : "");
    else enclose(script, `${kind}(`, ")");
  }
}

function signRoot(root: MathmlElement): void {
  const [only, ...others] = childrenOf(root);
  if (!only) return;
  const row = others.length === 0 ? only : element("mrow", {}, childrenOf(root));
  setChildren(root, [row]);
  const isOne = isOneToken(row);
  enclose(row, isOne ? "√" : "√(", isOne ? "" : ")");
}

function signDegree(root: MathmlElement): void {
  const [of, degree] = childrenOf(root);
  if (!of || !degree) return;
  enclose(of, isOneToken(of) ? "" : "(", isOneToken(of) ? "" : ")");
  enclose(degree, "^(1/", ")");
}

/** Cells of aligned rows belong together; those of other tables are separate. */
function signTable(table: MathmlElement): void {
  const isAligned = (table.attributes.columnalign ?? "").startsWith("right left");
  const rows = childrenOf(table);
  for (const [index, row] of rows.entries()) {
    const cells = childrenOf(row);
    for (const [column, cell] of cells.entries()) {
      const isLast = column === cells.length - 1;
      if (isLast && index === rows.length - 1) continue;
      if (!isLast && isAligned) continue;
      const separator = /[,;.]\s*$/.test(textOf(isLast ? row : cell)) ? "" : isLast ? ";" : ",";
      setChildren(cell, [element("mrow", {}, cell.children), sign(`${separator} `)]);
    }
  }
}

const signers: Readonly<Record<string, (node: MathmlElement) => void>> = {
  mfrac: signFraction,
  msub: (node) => signScripts(node, ["_"]),
  munder: (node) => signScripts(node, ["_"]),
  msup: (node) => signScripts(node, ["^"]),
  mover: (node) => signScripts(node, ["^"]),
  msubsup: (node) => signScripts(node, ["_", "^"]),
  munderover: (node) => signScripts(node, ["_", "^"]),
  msqrt: signRoot,
  mroot: signDegree,
  mtable: signTable,
};

const isAccent = (node: MathmlElement): boolean =>
  node.attributes.accent === "true" ||
  node.attributes.accentunder === "true" ||
  /^[⏞⏟⎴⎵]$/.test(textOf(childrenOf(node)[1]));

/** The only child, of rows and styles with just one. */
function innermost(node: MathmlElement): MathmlElement {
  const [only, ...others] = childrenOf(node);
  return only && others.length === 0 && nameIn(node, ["mrow", "mstyle"]) ? innermost(only) : node;
}

const isOneToken = (node: MathmlElement): boolean => {
  const inner = innermost(node);
  return nameIn(inner, ["mi", "mn", "mtext"]) && /^(\p{L}\p{M}*|[\p{N}.,]+|\p{L}+|\S)$/u.test(textOf(inner).trim());
};

const isInBrackets = (node: MathmlElement): boolean => {
  const parts = childrenOf(innermost(node)).map(textOf);
  let depth = 0;
  const end = parts.findIndex((part) => {
    depth += /^[([{⟨⌊⌈]$/.test(part) ? 1 : /^[)\]}⟩⌋⌉]$/.test(part) ? -1 : 0;
    return depth === 0;
  });
  return parts.length > 1 && end === parts.length - 1;
};

/** A row of several parts that is not in brackets. */
const isCompound = (node: MathmlElement): boolean => {
  const inner = innermost(node);
  if (nameIn(inner, ["mfrac"])) return true;
  return nameIn(inner, ["mrow", "mstyle"]) && !isInBrackets(inner) && !/^\p{L}+\u2061$/u.test(textOf(inner));
};

/** Whether a neighbour multiplies the element: `1/nλ` could be `1/(nλ)`. */
function isBesideFactor(node: MathmlElement, side?: "after"): boolean {
  const parent = node.parent;
  if (!parent) return false;
  if (nameIn(parent, ["msup", "msub", "msubsup"]) && side === undefined) return childrenOf(parent)[0] === node;
  if (!nameIn(parent, ["mrow", "mstyle", "mtd", "msqrt", "semantics", "math"])) return false;
  const siblings = childrenOf(parent).filter((child) => !isSpace(child));
  if (siblings.length === 1) return isBesideFactor(parent, side);
  const index = siblings.indexOf(node);
  const neighbours = [side === undefined ? siblings[index - 1] : undefined, siblings[index + 1]];
  return neighbours.some((other) => other !== undefined && isFactor(other));
}

const isFactor = (node: MathmlElement): boolean => node.name !== "annotation" && !isSpace(node) && !isSeparator(node);

/** KaTeX writes slashes and bars as identifiers. */
const isSeparator = (node: MathmlElement): boolean =>
  (isOperator(node) || nameIn(node, ["mi"])) && /^[^\p{L}\p{N}\u2061]$/u.test(textOf(node));
