/** Writes a formula as a line of Unicode, for plain-text email: `softmax(QKᵀ/√dₖ)V`, `∑ⱼ αᵢⱼvⱼ`, `[1 0; 0 1]`. */
import { accents, operations, prefixes, relations } from "./maths-signs.ts";
import { isDifferential, type MathsNode, parseMaths } from "./maths-tree.ts";

/** The lines of a formula: several if the author has aligned several. */
export function mathsInUnicode(mathml: string): string[] {
  const tree = parseMaths(mathml);
  const lines = tree.kind === "table" ? alignedLines(tree.rows) : [write(tree)];
  return lines.map(tidy).flatMap(inRows);
}

/**
 * Lines of plain-text email have 76 characters: minus four for the indentation of an equation, two for the edge of a
 * box, and some for the number.
 */
const maxLine = 64;

/** Splits a line that is too long at the rows of its matrix. */
function inRows(line: string): string[] {
  const [, before, rows, after] = /^(.*?\[)([^[\]]*;[^[\]]*)(\].*)$/.exec(line) ?? [];
  if (width(line) <= maxLine || before === undefined || rows === undefined || after === undefined) return [line];
  return `${rows}${after}`.split("; ").map((row, index, { length }) => {
    const start = index === 0 ? before : " ".repeat(width(before));
    return `${start}${row}${index === length - 1 ? "" : ";"}`;
  });
}

const tidy = (line: string): string =>
  line
    .replace(/(\S) {4,}/g, "$1   ")
    .replace(/ +([,;.!)\]])/g, "$1")
    .trimEnd();

/** Rows of `aligned` as lines: the first cells are right-aligned. */
function alignedLines(rows: readonly (readonly MathsNode[])[]): string[] {
  const lines = rows.map((cells) => cells.map((cell) => tidy(write(cell)).trim()));
  const indent = Math.max(...lines.map(([first = ""]) => width(first)));
  return lines.map(([first = "", ...rest]) => {
    const more = rest.filter(Boolean).join(" ");
    return more === "" ? first : `${" ".repeat(indent - width(first))}${first} ${more}`.replace(/^ +$/, "");
  });
}

/** Width in columns: combining accents have none. */
const width = (text: string): number => [...text.replace(/\p{M}/gu, "")].length;

/** `inScript`: without spaces around operators. */
function write(node: MathsNode, inScript = false): string {
  switch (node.kind) {
    case "row":
      return writeRow(node.items, inScript);
    case "letter":
    case "name":
    case "number":
      return node.text;
    case "words":
      return node.text;
    case "operator":
      return node.text === "⋅" ? "·" : node.text;
    case "space":
      return "";
    case "scripts":
      return writeScripts(node);
    case "accent":
      return writeAccent(node.base, node.mark);
    case "fraction": {
      const { over: top, under: bottom } = node;
      const over = factor(top, false);
      const under = isDifferential(bottom, top) ? write(bottom) : factor(bottom, true);
      return node.hasLine ? `${over}/${under}` : `${over} over ${under}`;
    }
    case "root":
      return writeRoot(node.of, node.degree);
    case "table":
      return writeTable(node.rows);
    case "fenced":
      if (node.inside.kind === "table")
        return node.close === "" ? `{ ${writeCases(node.inside.rows)} }` : write(node.inside);
      return `${node.open}${write(node.inside, inScript)}${node.close}`;
  }
}

function writeRow(items: readonly MathsNode[], inScript: boolean): string {
  let line = "";
  let before: MathsNode | undefined;
  let gap = 0;
  for (const [index, item] of items.entries()) {
    if (item.kind === "space") {
      gap = Math.max(gap, item.em);
      continue;
    }
    const next = items.slice(index + 1).find(({ kind }) => kind !== "space");
    const spaced = gap >= 1 ? "   " : inScript ? "" : between(before, item, gap);
    line += spaced + (isLonelyFraction(before, item, next) ? `(${write(item)})` : write(item, inScript));
    before = item.kind === "operator" && isUnary(item.text, before) ? { kind: "operator", text: "unary" } : item;
    gap = 0;
  }
  return line;
}

/** A fraction next to a factor is ambiguous without brackets. */
const isLonelyFraction = (before: MathsNode | undefined, item: MathsNode, next: MathsNode | undefined): boolean =>
  item.kind === "fraction" && [before, next].some((other) => other !== undefined && other.kind !== "operator");

const isUnary = (sign: string, before: MathsNode | undefined): boolean =>
  /^[−\-+±]$/.test(sign) && (before === undefined || before.kind === "operator");

/** The space between two neighbours: around operators, and where letters would merge into a word. */
function between(before: MathsNode | undefined, item: MathsNode, gap: number): string {
  if (before === undefined) return "";
  const [left, right] = [signOf(before), signOf(item)];
  if (left === "," || left === ";") return " ";
  if (right === "," || right === ";" || right === "!" || left === "unary") return "";
  if (right !== undefined && isUnary(right, before)) return left !== undefined && isSpaced(left) ? " " : "";
  if ((right !== undefined && isSpaced(right)) || (left !== undefined && isSpaced(left))) return " ";
  if (left !== undefined || right !== undefined) return gap > 0.1 && isWordy(item) ? " " : "";
  if (item.kind === "words" || before.kind === "words") return "";
  if (isWordy(item) || (isWordy(before) && (!isBracketed(item) || isSum(before))) || endsOpen(before, item)) return " ";
  return gap > 0.1 ? " " : "";
}

const signOf = (node: MathsNode): string | undefined =>
  node.kind === "operator" && prefixes[node.text] === undefined ? node.text : undefined;

const isSpaced = (sign: string): boolean =>
  relations[sign] !== undefined || (operations[sign] !== undefined && !/^[⋅·/∗*]$/.test(sign));

/** Whether a node is a name of several letters or a large operator, with or without scripts. */
const isWordy = (node: MathsNode): boolean =>
  node.kind === "scripts" ? isWordy(node.base) : node.kind === "name" || isSum(node);

const isBracketed = (node: MathsNode): boolean =>
  node.kind === "scripts" ? isBracketed(node.base) : node.kind === "fenced";

const isSum = (node: MathsNode): boolean =>
  node.kind === "scripts" ? isSum(node.base) : node.kind === "operator" && /^[∑∏∐∫∬∮⋃⋂⨁⨂⋀⋁]$/.test(node.text);

/** `W_Q` before a letter: without a space the letter would look like part of the script. */
const endsOpen = (before: MathsNode, item: MathsNode): boolean =>
  before.kind === "scripts" && /[_^][\p{L}\p{N}]+$/u.test(writeScripts(before)) && item.kind !== "fenced";

type Scripts = Extract<MathsNode, { kind: "scripts" }>;

function writeScripts({ base, below, above }: Scripts): string {
  const root = base.kind === "row" && base.items.length > 1 ? `(${write(base)})` : write(base);
  const sub = below === undefined ? "" : writeScript(below, subscripts, "_");
  return root + sub + (above === undefined ? "" : writeScript(above, superscripts, "^"));
}

function writeScript(node: MathsNode, alphabet: ReadonlyMap<string, string>, mark: "_" | "^"): string {
  const text = write(node, true);
  if (mark === "^" && /^[′*∗†]+$|^″$/.test(text)) return text.replaceAll("∗", "*");
  const set = [...text].map((letter) => alphabet.get(letter));
  if (set.every((letter) => letter !== undefined)) return set.join("");
  return /^(\p{L}\p{M}*|\p{N}+|[A-Za-z]+)$/u.test(text) ? mark + text : `${mark}(${text})`;
}

function writeAccent(base: MathsNode, mark: string): string {
  const combining = accents[mark]?.combining;
  const text = write(base);
  if (combining === undefined) return text;
  if (base.kind === "letter") return (text + combining).normalize("NFC");
  // The accent of a letter with an index belongs to the letter.
  if (base.kind === "scripts" && base.base.kind === "letter")
    return writeScripts({ ...base, base: { kind: "letter", text: (base.base.text + combining).normalize("NFC") } });
  return `${accents[mark]?.spoken ?? ""}(${text})`;
}

/** An operand of a fraction or root, in brackets if it is compound. */
function factor(node: MathsNode, isUnder: boolean): string {
  const text = write(node);
  if (node.kind !== "row") return node.kind === "fraction" ? `(${text})` : text;
  const isSum = node.items.some((item) => item.kind === "operator" && prefixes[item.text] === undefined);
  const items = node.items.filter(({ kind }) => kind !== "space");
  const isOne = items.length < 2 || (items.length === 2 && items[1]?.kind === "fenced");
  return isSum || (isUnder && !isOne) ? `(${text})` : text;
}

function writeRoot(of: MathsNode, degree: MathsNode | undefined): string {
  const which = degree === undefined ? "" : write(degree, true);
  const sign = { "": "√", "3": "∛", "4": "∜" }[which] ?? `${[...which].map((d) => superscripts.get(d) ?? d).join("")}√`;
  return sign + factor(of, true);
}

function writeTable(rows: readonly (readonly MathsNode[])[]): string {
  const cells = rows.map((row) => row.map((cell) => write(cell)));
  const gap = cells.flat().some((cell) => cell.includes(" ")) ? ", " : " ";
  return `[${cells.map((row) => row.join(gap)).join("; ")}]`;
}

const writeCases = (rows: readonly (readonly MathsNode[])[]): string =>
  rows.map((row) => row.map((cell) => write(cell).trim().replace(/,$/, "")).join(", ")).join("; ");

const alphabet = (letters: string, set: string): ReadonlyMap<string, string> =>
  new Map([...letters].map((letter, index) => [letter, [...set][index] ?? letter]));

/** Unicode has only part of the alphabet: https://www.unicode.org/charts/PDF/U2070.pdf and U1D00. */
const subscripts = alphabet("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ");
const superscripts = alphabet(
  "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθφχℓ⊤",
  "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᵠᵡˡᵀ",
);
