/** What part a node plays in its formula, as far as it changes what a person says: a function, a vector, an index. */
import { greekName } from "./maths-signs.ts";
import type { MathsNode } from "./maths-tree.ts";

export type Fenced = Extract<MathsNode, { kind: "fenced" }>;

/** Bold, script and double-struck letters are letters to the ear. */
export const plain = (text: string): string => text.normalize("NFKC");

/** Brackets, with or without scripts on them. */
export const bracketsOf = (node: MathsNode | undefined): Fenced | undefined =>
  node?.kind === "fenced" ? node : node?.kind === "scripts" ? bracketsOf(node.base) : undefined;

export const isOperator = (node: MathsNode): boolean => node.kind === "operator";
export const isSumSign = (sign: string): boolean => /^[∑∏∐∫∬∮⋃⋂⨁⨂⋀⋁]$/.test(sign);

/** A lower-case letter, with or without index: between two of them a dot is a dot product. */
export const isVector = (node: MathsNode): boolean =>
  node.kind === "scripts" ? isVector(node.base) : node.kind === "letter" && node.text !== "π";

/** `3 × 4 = 12`, `5 × 10⁻⁴`: otherwise a cross is that of a shape, `n × d`. */
export function isProductOfNumbers(
  before: MathsNode | undefined,
  next: MathsNode | undefined,
  row: readonly MathsNode[],
): boolean {
  if (next?.kind === "scripts" && next.base.kind === "number") return true;
  if (before?.kind !== "number" || next?.kind !== "number") return false;
  return /\./.test(before.text + next.text) || row.some((item) => item.kind === "operator" && /^[=≈]$/.test(item.text));
}

/** A name, or a sum with its limits, in front of what it works on. */
export function takesWhatFollows(node: MathsNode): boolean {
  if (node.kind === "scripts") return takesWhatFollows(node.base);
  return node.kind === "name" || (node.kind === "operator" && isSumSign(node.text));
}

const isFunction = (node: MathsNode): boolean =>
  node.kind === "scripts" ? isFunction(node.base) : node.kind === "name" || (node.kind === "letter" && !isGreek(node));

const isGreek = ({ text }: { readonly text: string }): boolean =>
  greekName(text) !== undefined && !/[σφψΩ]/u.test(text);

/** `f(x, y)`, `O(n)` and `softmax(x)` are applied; in `x(a + b)` a letter multiplies a sum. */
export function isApplied(before: MathsNode, fenced: Fenced): boolean {
  if (fenced.open !== "(" && fenced.open !== "[" && !(fenced.open === "{" && isFunction(before))) return false;
  if (takesWhatFollows(before)) return true;
  if (!isFunction(before) || fenced.open === "[") return isExpectation(before);
  const root = before.kind === "scripts" ? before.base : before;
  if (root.kind === "letter" && /^[OΩΘfgpσφψ]$/u.test(plain(root.text))) return true;
  return !hasSign(fenced.inside, /^[+−]$/) || hasSign(fenced.inside, /^,$/);
}

const isExpectation = (node: MathsNode): boolean =>
  node.kind === "scripts" ? isExpectation(node.base) : node.kind === "letter" && /^[𝔼ℙ]$/u.test(node.text);

const hasSign = (node: MathsNode, form: RegExp): boolean =>
  node.kind === "row" && node.items.some((item) => item.kind === "operator" && form.test(item.text));

/** What stands without brackets behind "of". */
export const isOneThing = (node: MathsNode): boolean =>
  ["letter", "number", "name", "words", "accent", "root"].includes(node.kind) ||
  (node.kind === "scripts" && isOneThing(node.base));

/** An index that is read along. */
export const isIndex = (node: MathsNode): boolean =>
  ["letter", "number", "words", "name"].includes(node.kind) || (node.kind === "row" && node.items.every(isIndex));
