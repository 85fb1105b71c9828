/** Parses KaTeX's MathML into a semantic tree: without layout, with paired brackets and explicit spaces. */
import { Parser } from "htmlparser2";
import { accents } from "./maths-signs.ts";

export type MathsNode =
  | { readonly kind: "row"; readonly items: readonly MathsNode[] }
  /** `x`, `θ`, `ℝ`: one letter, which multiplies its neighbours. */
  | { readonly kind: "letter"; readonly text: string }
  /** `softmax`, `cos`: a name of several letters. */
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "operator"; readonly text: string }
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "space"; readonly em: number }
  /** `below` and `above` are sub- and superscript, or the limits of a sum. */
  | { readonly kind: "scripts"; readonly base: MathsNode; readonly below?: MathsNode; readonly above?: MathsNode }
  /** `mark` is the character in MathML: `^`, `~`, `‾`, `→`, `⏟`. */
  | { readonly kind: "accent"; readonly base: MathsNode; readonly mark: string }
  | { readonly kind: "fraction"; readonly over: MathsNode; readonly under: MathsNode; readonly hasLine: boolean }
  | { readonly kind: "root"; readonly of: MathsNode; readonly degree?: MathsNode }
  | { readonly kind: "table"; readonly rows: readonly (readonly MathsNode[])[] }
  | { readonly kind: "fenced"; readonly open: string; readonly close: string; readonly inside: MathsNode };

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** `mathml`: as returned by `typesetMaths`. */
export function parseMaths(mathml: string): MathsNode {
  const root: Element = { name: "root", attributes: {}, children: [], text: "" };
  const open = [root];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = { name, attributes, children: [], text: "" };
        open.at(-1)?.children.push(element);
        open.push(element);
      },
      ontext(text) {
        const element = open.at(-1);
        if (element) element.text += text;
      },
      onclosetag: () => open.pop(),
    },
    { xmlMode: true },
  );
  parser.end(mathml);
  return rowOf(root.children);
}

const nothing: MathsNode = { kind: "row", items: [] };

const part = ({ children }: Element, index: number): MathsNode => {
  const child = children[index];
  return child ? read(child) : nothing;
};

function read(element: Element): MathsNode {
  const { name, attributes, children, text } = element;
  const at = (index: number) => part(element, index);
  switch (name) {
    case "mi":
      // KaTeX writes bars, slashes, full stops and nabla as identifiers.
      if (/^[!-/:-@[-`{-~∣∥∇∀∃¬]$/u.test(text)) return { kind: "operator", text: barOf(text) };
      return [...text].length > 1 ? { kind: "name", text } : { kind: "letter", text };
    case "mn":
      return { kind: "number", text };
    case "mo":
      return text === "\u2061" ? nothing : { kind: "operator", text: barOf(text) };
    case "mtext":
      if (/^[\s\u2000-\u200b\u2061-\u2064\u00a0]*$/.test(text))
        return { kind: "space", em: text.endsWith("\u2063") ? 0 : 0.2 };
      return { kind: "words", text: text.replace(/\s+/g, " ") };
    case "mspace":
      return { kind: "space", em: Number.parseFloat(attributes.width ?? "0") || 0 };
    case "mphantom":
      return nothing;
    case "msub":
    case "munder":
      return script(at(0), at(1), undefined, name === "munder");
    case "msup":
    case "mover":
      return script(at(0), undefined, at(1), attributes.accent === "true" || name === "mover");
    case "msubsup":
    case "munderover":
      return script(at(0), at(1), at(2), false);
    case "mfrac":
      return { kind: "fraction", over: at(0), under: at(1), hasLine: attributes.linethickness !== "0px" };
    case "msqrt":
      return { kind: "root", of: rowOf(children) };
    case "mroot":
      return { kind: "root", of: at(0), degree: at(1) };
    case "mtable":
      return { kind: "table", rows: children.map((row) => row.children.map((cell) => rowOf(cell.children))) };
    default:
      return rowOf(children);
  }
}

/** One character each for a single and a double bar, whichever MathML uses. */
const barOf = (sign: string): string => ({ "∣": "|", "∥": "‖" })[sign] ?? sign;

/** Braces above and below are accents too, but are not spoken. */
const isAccent = (sign: string): boolean => accents[sign] !== undefined || /^[⏞⏟⎴⎵_↔←]$/.test(sign);

/** Distinguishes accents from scripts and limits, which MathML writes alike. */
function script(
  base: MathsNode,
  below: MathsNode | undefined,
  above: MathsNode | undefined,
  mayBeAccent: boolean,
): MathsNode {
  const mark = above ?? below;
  if (mayBeAccent && mark?.kind === "operator" && isAccent(mark.text)) {
    return { kind: "accent", base, mark: below && mark.text === "‾" ? "_" : mark.text };
  }
  return { kind: "scripts", base, ...(below && { below }), ...(above && { above }) };
}

/** Children as one node: nested rows are flattened, brackets paired. */
function rowOf(children: readonly Element[]): MathsNode {
  const items = pairBrackets(children.map(read).flatMap((node) => (node.kind === "row" ? node.items : [node])));
  const [only] = items;
  return items.length === 1 && only ? only : { kind: "row", items };
}

const closing: Readonly<Record<string, string>> = {
  "(": ")",
  "[": "]",
  "{": "}",
  "⟨": "⟩",
  "⌊": "⌋",
  "⌈": "⌉",
};
const bars = new Set(["|", "‖"]);

/** The bracket itself, or the one inside the scripts that KaTeX attaches to it. */
const bracketOf = (node: MathsNode | undefined): string | undefined =>
  node?.kind === "operator" ? node.text : node?.kind === "scripts" ? bracketOf(node.base) : undefined;

function pairBrackets(items: readonly MathsNode[]): MathsNode[] {
  const paired: MathsNode[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (!item) continue;
    const end = closingIndex(items, index);
    const last = end === undefined ? undefined : items[end];
    if (end === undefined || item.kind !== "operator") {
      paired.push(item);
      continue;
    }
    const inner = pairBrackets(items.slice(index + 1, end));
    const [only] = inner;
    const inside: MathsNode = inner.length === 1 && only ? only : { kind: "row", items: inner };
    const fenced: MathsNode = { kind: "fenced", open: item.text, close: bracketOf(last) ?? "", inside };
    paired.push(last?.kind === "scripts" ? { ...last, base: fenced } : fenced);
    index = end;
  }
  return paired;
}

/** The index of the bracket that closes the one at `start`. A half-open interval may close with another kind. */
function closingIndex(items: readonly MathsNode[], start: number): number | undefined {
  const item = items[start];
  if (item?.kind !== "operator") return undefined;
  const { text } = item;
  if (bars.has(text)) return closingBar(items, start);
  if (closing[text] === undefined) return undefined;
  let depth = 0;
  for (let index = start; index < items.length; index++) {
    const bracket = bracketOf(items[index]);
    if (bracket === undefined) continue;
    if (closing[bracket] !== undefined) depth += 1;
    else if (Object.values(closing).includes(bracket)) depth -= 1;
    if (depth === 0) return index;
  }
  // Cases have no closing brace.
  return text === "{" && items[start + 1]?.kind === "table" ? start + 2 : undefined;
}

/** A bar followed by another is the first of a pair; a single one, as in `p(x | y)`, is an operator. */
function closingBar(items: readonly MathsNode[], start: number): number | undefined {
  const text = bracketOf(items[start]);
  const end = items.findIndex((item, index) => index > start + 1 && bracketOf(item) === text);
  return end === -1 ? undefined : end;
}

/** `∂x`, and `dt` in `dx/dt`: one symbol, although it has two letters. */
export function isDifferential(node: MathsNode, other: MathsNode): boolean {
  const signOf = (part: MathsNode): string => {
    const [first, ...rest] = part.kind === "row" ? part.items.filter(({ kind }) => kind !== "space") : [];
    return rest.length === 1 && first?.kind === "letter" ? first.text : "";
  };
  return signOf(node) === "∂" || (signOf(node) === "d" && (signOf(other) === "d" || isLetterD(other)));
}

const isLetterD = (node: MathsNode): boolean => node.kind === "letter" && node.text === "d";
