/** Extracts the symbols of a formula and their scripts from KaTeX's parse tree: what a notation has to declare. */
import { childrenOf, endOf, isNode, parseTex, smallLetters, type TexNode, upToClose, write } from "./tex-tree.ts";

export interface TexLetter {
  /** In TeX: `x`, `\alpha`, `\mathcal N`, `\hat x`. */
  readonly base: string;
  /** `i`, `ij`, `\text{model}`; empty if there is none. */
  readonly sub: string;
  /** `2`, `\top`, `(\ell+1)`, `\prime`; empty if there is none. */
  readonly sup: string;
  /** What follows in parentheses: `i` of `\mathcal N(i)`. */
  readonly argument?: string;
  /** The symbol of which this one is the whole superscript: `x` for the `T` of `x^T`; null for that of `(AB)^T`. */
  readonly raisedBy?: TexLetter | null;
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

const greekCapitals = /^\\(Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega|ell)$/;
/** Types of nodes without symbols: upright words are names. */
const silent: ReadonlySet<string> = new Set(["text", "operatorname", "op", "verb", "tag", "atom", "spacing"]);
const binders: ReadonlySet<string> = new Set(["op", "operatorname", "leftright", "delimsizing"]);

/** What `walkLetters` reports, in the order of the formula. */
interface Found {
  /** A node that is returned takes the place of the symbol's own in the tree. */
  readonly onLetter: (letter: TexLetter, node: TexNode) => TexNode | undefined;
  readonly onBound: (letters: readonly string[]) => void;
  readonly onIndices: (letters: readonly string[]) => void;
}

/** All symbols in order. The TeX must be valid. */
export function readLetters(tex: string, displayMode: boolean): TexLetters {
  const letters: TexLetter[] = [];
  const bound: string[] = [];
  const indices: string[] = [];
  walkLetters(parseTex(tex, displayMode), {
    onLetter(letter) {
      letters.push(letter);
      return undefined;
    },
    onBound: (found) => bound.push(...found),
    onIndices: (found) => indices.push(...found),
  });
  return { letters, bound, indices };
}

/** Walks a tree, which only changes where `onLetter` returns a node. */
export const walkLetters = (tree: TexNode[], found: Found): void => new LetterWalk(found).walkList(tree);

type Put = (replacement: TexNode) => void;
type Around = Pick<TexLetter, "argument" | "raisedBy">;

class LetterWalk {
  readonly #found: Found;

  constructor(found: Found) {
    this.#found = found;
  }

  walkList(nodes: TexNode[]): void {
    let isIntegral = false;
    for (const [index, node] of nodes.entries()) {
      const letter = asLetter(node);
      const next = nodes[index + 1];
      const inside = next?.text === "(" && next.family === "open" ? upToClose(nodes.slice(index + 2)) : undefined;
      // Landau's O is a name, not a symbol.
      if (letter?.base === "O" && inside) continue;
      // So is the d of an integral's dx.
      isIntegral ||= isIntegralSign(node);
      if (isIntegral && node.text === "d" && next && asLetter(next)) continue;
      if (letter && inside) this.#found.onIndices(smallLetters(inside));
      const put: Put = (replacement) => {
        nodes[index] = replacement;
      };
      this.#walk(node, put, inside && { argument: write(inside) });
    }
  }

  #walk(node: TexNode, put: Put, around: Around = {}): void {
    const letter = asLetter(node);
    if (letter) {
      this.#report({ ...letter, ...around }, node, put);
    } else if (silent.has(node.type) || (node.type === "font" && node.font === "mathrm")) {
      return;
    } else if (node.type === "genfrac" && isDifferential(node.numer) && isDifferential(node.denom)) {
      for (const part of [node.numer, node.denom]) this.#walkAfterFirst(part);
    } else {
      this.#walkFields(node);
    }
  }

  #report(letter: TexLetter, node: TexNode, put: Put): void {
    const { onLetter, onIndices } = this.#found;
    onIndices(smallLetters([node.sub, node.sup]));
    // e with an exponent is the exponential function.
    const isExponential = letter.base === "e" && letter.sub === "" && node.sup;
    const replacement = isExponential ? undefined : onLetter(letter, node);
    if (node.sup) this.#walkField(node, "sup", childrenOf(node.sup).length === 1 ? { raisedBy: letter } : {});
    if (replacement) put(replacement);
  }

  #walkFields(node: TexNode): void {
    const isBound = node.type === "supsub" && isNode(node.base) && binders.has(node.base.type);
    if (isBound && node.sub) {
      const sub = childrenOf(node.sub);
      const relation = sub.findIndex(({ family }) => family === "rel");
      this.#found.onBound(smallLetters(relation === -1 ? sub : sub.slice(0, relation)));
    }
    const isPower = node.type === "supsub" && !isBound && childrenOf(node.sup).length === 1;
    for (const key of Object.keys(node)) this.#walkField(node, key, key === "sup" && isPower ? { raisedBy: null } : {});
  }

  #walkField(node: TexNode, key: string, around: Around): void {
    const fields = node as unknown as Record<string, unknown>;
    this.#walkValue(fields[key], around, (replacement) => {
      fields[key] = replacement;
    });
  }

  #walkValue(value: unknown, around: Around, put: Put): void {
    if (isNode(value)) {
      const body = value.body as TexNode[];
      // The one symbol of a group in braces.
      if (value.type === "ordgroup" && "raisedBy" in around && body.length === 1 && body[0])
        this.#walk(body[0], (replacement) => body.splice(0, 1, replacement), around);
      else this.#walk(value, put, around);
    } else if (Array.isArray(value)) {
      if (value.every(isNode)) this.walkList(value);
      else
        for (const [index, inner] of value.entries())
          this.#walkValue(inner, {}, (replacement) => value.splice(index, 1, replacement));
    }
  }

  /** What is differentiated: without the d. */
  #walkAfterFirst(value: unknown): void {
    if (isNode(value) && (value.type === "ordgroup" || value.type === "styling")) this.#walkAfterFirst(value.body);
    else if (Array.isArray(value) && value.length === 1) this.#walkAfterFirst(value[0]);
    else if (Array.isArray(value)) {
      const rest = value.slice(1) as TexNode[];
      this.walkList(rest);
      value.splice(1, rest.length, ...rest);
    }
  }
}

const isDifferential = (value: unknown): boolean => childrenOf(value)[0]?.text === "d" && childrenOf(value).length > 1;

const isIntegralSign = (node: TexNode): boolean =>
  /^\\o?i+nt$/.test(node.name ?? "") || (isNode(node.base) && isIntegralSign(node.base));

/** A symbol with its accent, alphabet and scripts; `undefined` for anything else. */
export function asLetter(node: TexNode): TexLetter | undefined {
  const { loc } = node;
  if ((node.type === "mathord" || (node.type === "textord" && greekCapitals.test(node.text ?? ""))) && loc) {
    const { text = "" } = node;
    return /\p{L}/u.test(text) ? { base: text, sub: "", sup: "", start: loc.start, end: loc.end } : undefined;
  }
  if (node.type === "supsub") {
    const base = isNode(node.base) ? asLetter(node.base) : undefined;
    if (!base) return undefined;
    return { ...base, sub: write(node.sub), sup: write(node.sup), end: Math.max(base.end, endOf(node.sub)) };
  }
  const [inner, ...others] = childrenOf(node.type === "accent" ? node.base : node.body);
  if (!inner || others.length > 0) return undefined;
  if (node.type === "accent" || (node.type === "font" && node.font !== "mathrm")) {
    const letter = asLetter(inner);
    const command = node.type === "accent" ? node.label : `\\${node.font}`;
    if (letter?.sub !== "" || letter.sup !== "") return undefined;
    return {
      ...letter,
      base: `${command} ${letter.base}`,
      start: Math.max(0, letter.start - (command?.length ?? 0) - 1),
    };
  }
  return node.type === "ordgroup" || node.type === "mclass" ? asLetter(inner) : undefined;
}
