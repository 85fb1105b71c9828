/** Extracts the symbols of a formula and their subscripts from KaTeX's parse tree: what a notation has to declare. */
import katex from "katex";

export interface TexLetter {
  /** In TeX: `x`, `\alpha`, `\mathcal N`, `\hat x`. */
  readonly base: string;
  /** `i`, `ij`, `\text{model}`; empty if there is none. */
  readonly sub: string;
  /** Offsets in the TeX. */
  readonly start: number;
  readonly end: number;
}

export interface TexLetters {
  readonly letters: readonly TexLetter[];
  /** Variables bound by a sum, a product or a range: `j` of `\sum_{j\in E}`, `i` of `\Big)_{i=0}^{d}`. */
  readonly bound: readonly string[];
  /** Lower-case letters in a subscript, a superscript or the arguments of a function. */
  readonly indices: readonly string[];
}

/** A node of KaTeX's parse tree; only these fields are read. */
interface Node {
  readonly type: string;
  readonly loc?: { readonly start: number; readonly end: number } | null;
  readonly text?: string;
  /** Of an operator: `\max`. */
  readonly name?: string;
  readonly font?: string;
  readonly label?: string;
  readonly family?: string;
  readonly body?: unknown;
  readonly base?: unknown;
  readonly sub?: unknown;
  readonly sup?: unknown;
  readonly numer?: unknown;
  readonly denom?: unknown;
}

/** Exported by KaTeX under this name, but missing from its types. */
const { __parse: parse } = katex as unknown as { __parse: (tex: string, options: object) => Node[] };

const greekCapitals = /^\\(Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega|ell)$/;
/** Types of nodes without symbols: upright words are names. */
const silent: ReadonlySet<string> = new Set(["text", "operatorname", "op", "verb", "tag", "atom", "spacing"]);
const binders: ReadonlySet<string> = new Set(["op", "operatorname", "leftright", "delimsizing"]);

/** All symbols in order. The TeX must be valid. */
export function readLetters(tex: string, displayMode: boolean): TexLetters {
  const letters: TexLetter[] = [];
  const bound: string[] = [];
  const indices: string[] = [];
  walkList(parse(tex, { displayMode, strict: false, maxExpand: 1000 }));
  return { letters, bound, indices };

  function walkList(nodes: readonly Node[]): void {
    for (const [index, node] of nodes.entries()) {
      const letter = asLetter(node);
      const next = nodes[index + 1];
      const opensParenthesis = next?.type === "atom" && next.family === "open" && next.text === "(";
      // Landau's O is a name, not a symbol.
      if (letter?.base === "O" && opensParenthesis) continue;
      if (letter && opensParenthesis) indices.push(...smallLetters(upToClose(nodes.slice(index + 2))));
      walk(node);
    }
  }

  function walk(node: Node): void {
    const letter = asLetter(node);
    if (letter) {
      letters.push(letter);
      indices.push(...smallLetters([node.sub, node.sup]));
      // e with an exponent is the exponential function.
      if (letter.base === "e" && letter.sub === "" && node.sup) letters.pop();
      if (node.sup) walkInto(node.sup);
      return;
    }
    if (silent.has(node.type) || (node.type === "font" && node.font === "mathrm")) return;
    if (node.type === "genfrac" && isDifferential(node.numer) && isDifferential(node.denom)) {
      walkList(childrenOf(node.numer).slice(1));
      walkList(childrenOf(node.denom).slice(1));
      return;
    }
    const base = node.base as Node | null | undefined;
    if (node.type === "supsub" && node.sub && binders.has(base?.type ?? "")) {
      const sub = childrenOf(node.sub);
      const relation = sub.findIndex(({ family }) => family === "rel");
      bound.push(...smallLetters(relation === -1 ? sub : sub.slice(0, relation)));
    }
    for (const value of Object.values(node)) if (typeof value === "object" && value !== null) walkInto(value);
  }

  function walkInto(value: unknown): void {
    if (Array.isArray(value)) {
      if (value.every(isNode)) walkList(value);
      else for (const inner of value) walkInto(inner);
    } else if (isNode(value)) walk(value);
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** The nodes of a group, or the node itself. */
const childrenOf = (value: unknown): readonly Node[] => {
  if (Array.isArray(value)) return value.filter(isNode);
  if (!isNode(value)) return [];
  return value.type === "ordgroup" || value.type === "styling" ? childrenOf(value.body) : [value];
};

const upToClose = (nodes: readonly Node[]): readonly Node[] => {
  const end = nodes.findIndex(({ family }) => family === "close");
  return end === -1 ? [] : nodes.slice(0, end);
};

const isDifferential = (value: unknown): boolean => childrenOf(value)[0]?.text === "d" && childrenOf(value).length > 1;

/** A symbol with its accent, alphabet and subscript; `undefined` for anything else. */
function asLetter(node: Node): TexLetter | undefined {
  const { loc } = node;
  if ((node.type === "mathord" || (node.type === "textord" && greekCapitals.test(node.text ?? ""))) && loc) {
    const { text = "" } = node;
    return /\p{L}/u.test(text) ? { base: text, sub: "", start: loc.start, end: loc.end } : undefined;
  }
  if (node.type === "supsub") {
    const base = isNode(node.base) ? asLetter(node.base) : undefined;
    if (!base) return undefined;
    return { ...base, sub: write(node.sub), end: Math.max(base.end, endOf(node.sub)) };
  }
  const [inner, ...others] = childrenOf(node.type === "accent" ? node.base : node.body);
  if (!inner || others.length > 0) return undefined;
  if (node.type === "accent" || (node.type === "font" && node.font !== "mathrm")) {
    const letter = asLetter(inner);
    const command = node.type === "accent" ? node.label : `\\${node.font}`;
    if (letter?.sub !== "") return undefined;
    return {
      ...letter,
      base: `${command} ${letter.base}`,
      start: Math.max(0, letter.start - (command?.length ?? 0) - 1),
    };
  }
  return node.type === "ordgroup" || node.type === "mclass" ? asLetter(inner) : undefined;
}

/** A subscript as TeX, normalised for comparison: without spaces, commas and braces. */
function write(value: unknown): string {
  if (Array.isArray(value)) return value.map(write).join("");
  if (!isNode(value)) return "";
  if (value.type === "text") return `\\text{${write(value.body)}}`;
  // A name, not a product of letters that may be indices.
  if (value.type === "operatorname") return `\\operatorname{${write(value.body)}}`;
  if (value.type === "font" && value.font === "mathrm") return `\\mathrm{${write(value.body)}}`;
  if (value.type === "spacing" || value.text === ",") return "";
  if (value.type === "op" && value.name !== undefined) return value.name;
  if (value.text !== undefined) return value.text;
  return [value.base, value.sub, value.sup, value.body, value.numer, value.denom].map(write).join("");
}

function endOf(value: unknown): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map(endOf));
  if (!isNode(value)) return 0;
  return Math.max(value.loc?.end ?? 0, endOf(value.body), endOf(value.base), endOf(value.sub));
}

/** Upright words. */
const isName = ({ type, font }: Node): boolean =>
  type === "text" || type === "operatorname" || (type === "font" && font === "mathrm");

/** Lower-case letters at any depth. */
function smallLetters(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(smallLetters);
  if (!isNode(value) || isName(value)) return [];
  const own = /^([a-z]|\\ell)$/.test(value.text ?? "") ? [value.text ?? ""] : [];
  return [...own, ...[value.base, value.sub, value.sup, value.body].flatMap(smallLetters)];
}
