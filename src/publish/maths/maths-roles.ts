/** Determines the role of a part of a formula: function, large operator, index, vector. */
import { accents, greekName, relations } from "./maths-signs.ts";
import type { MathsNode } from "./maths-tree.ts";

/** Brackets, with or without scripts on them. */
export const bracketsOf = (node: MathsNode | undefined): Fenced | undefined =>
  node?.kind === "fenced" ? node : node?.kind === "scripts" ? bracketsOf(node.base) : undefined;

export const isOperator = (node: MathsNode): boolean => node.kind === "operator";
export const isSumSign = (sign: string): boolean => /^[∑∏∐∫∬∮⋃⋂⨁⨂⋀⋁]$/.test(sign);

/** A lower-case letter, with or without an index: a dot between two of them is a dot product. */
export const isVector = (node: MathsNode): boolean =>
  node.kind === "scripts" ? isVector(node.base) : node.kind === "letter" && node.text !== "π";

/** `3 × 4 = 12`, `5 × 10⁻⁴`; otherwise a cross belongs to a shape, `n × d`. */
export function isProductOfNumbers(
  before: MathsNode | undefined,
  next: MathsNode | undefined,
  row: readonly MathsNode[],
): boolean {
  if (next?.kind === "scripts" && next.base.kind === "number") return true;
  if (before?.kind !== "number" || next?.kind !== "number") return false;
  return /\./.test(before.text + next.text) || row.some((item) => item.kind === "operator" && /^[=≈]$/.test(item.text));
}

/** A function name, or a large operator with its limits, before its operand. */
export function takesWhatFollows(node: MathsNode): boolean {
  if (node.kind === "scripts") return isJoining(node.base) || isOverSomething(node) || takesWhatFollows(node.base);
  return node.kind === "name" || (node.kind === "operator" && isSumSign(node.text));
}

/** Two bars with limits concatenate many terms, as a sum adds them. */
export const isJoining = (base: MathsNode): boolean => base.kind === "operator" && base.text === "‖";

/** An expectation with the variable or distribution it is taken over. */
const isOverSomething = (node: MathsNode): boolean =>
  node.kind === "scripts" && isExpectation(node.base) && node.below !== undefined && !isIndex(node.below);

const isFunction = (node: MathsNode): boolean =>
  node.kind === "scripts" ? isFunction(node.base) : node.kind === "name" || (node.kind === "letter" && !isGreek(node));

const isGreek = ({ text }: { readonly text: string }): boolean =>
  greekName(text) !== undefined && !/[σφψΩ]/u.test(text);

/**
 * Whether brackets are arguments: in `f(x, y)`, `O(n)` and `softmax(x)` they are; in `x(a + b)` a letter multiplies a
 * sum.
 */
export function isApplied(before: MathsNode, fenced: Fenced): boolean {
  if (fenced.open !== "(" && fenced.open !== "[" && !(fenced.open === "{" && isFunction(before))) return false;
  if (takesWhatFollows(before)) return true;
  if (!isFunction(before) || fenced.open === "[") return isExpectation(before);
  const root = before.kind === "scripts" ? before.base : before;
  if (root.kind === "letter" && /^[OΩΘfgpσφψ]$/u.test(plain(root.text))) return true;
  return !hasSign(fenced.inside, /^[+−]$/) || hasSign(fenced.inside, /^,$/);
}

export const isExpectation = (node: MathsNode): boolean =>
  node.kind === "scripts" ? isExpectation(node.base) : node.kind === "letter" && /^[𝔼ℙ]$/u.test(node.text);

const hasSign = (node: MathsNode, form: RegExp): boolean =>
  node.kind === "row" && node.items.some((item) => item.kind === "operator" && form.test(item.text));

export type Fenced = Extract<MathsNode, { kind: "fenced" }>;

export const isFollowedUp = (next: MathsNode | undefined): boolean => next !== undefined && !isOperator(next);

export const isOneThing = (node: MathsNode): boolean =>
  ["letter", "number", "name", "words", "accent", "root"].includes(node.kind) ||
  (node.kind === "scripts" && isOneThing(node.base));

export const isIndex = (node: MathsNode): boolean =>
  ["letter", "number", "words", "name"].includes(node.kind) || (node.kind === "row" && node.items.every(isIndex));

/** ℓ is the index of a layer, never an exponent. */
export const isLayer = (node: MathsNode): boolean =>
  node.kind === "row" ? node.items.some(isLayer) : node.kind === "letter" && node.text === "ℓ";

/** Bold, script and double-struck letters are spoken like plain ones. */
export const plain = (text: string): string => text.normalize("NFKC");

/** Relations and braces have labels rather than scripts: `=` with `?` above. */
export const isLabelled = (base: MathsNode): boolean =>
  (base.kind === "operator" && relations[base.text] !== undefined) ||
  (base.kind === "accent" && accents[base.mark] === undefined);

export const isInBrackets = (node: MathsNode): boolean => node.kind === "fenced" && /[([]/.test(node.open);

/** The number of primes that a superscript begins with. */
export const leadingPrimes = (items: readonly MathsNode[]): number => {
  const end = items.findIndex((item) => item.kind !== "operator" || item.text !== "′");
  return end === -1 ? items.length : end;
};

/** Nested braces, with or without a negative space between them, denote a multiset. */
export const inBraces = (inside: MathsNode): Fenced | undefined => {
  const [only, ...others] = inside.kind === "row" ? inside.items.filter(({ kind }) => kind !== "space") : [inside];
  return others.length === 0 && only?.kind === "fenced" && only.open === "{" ? only : undefined;
};

/** Second cells of `aligned` start with the relation that the rows are aligned at. */
export const isAligned = ([, second]: readonly MathsNode[]): boolean => {
  const first = second?.kind === "row" ? second.items[0] : second;
  return first?.kind === "operator" && relations[first.text] !== undefined;
};

export const isPartial = (node: MathsNode | undefined): boolean => node?.kind === "letter" && node.text === "∂";
