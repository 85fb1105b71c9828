/** KaTeX's parse tree of a formula, and what can be read from a part of it. */
import katex from "katex";

/** A node of the tree; only these fields are read. */
export interface TexNode {
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
const { __parse: parse } = katex as unknown as { __parse: (tex: string, options: object) => TexNode[] };

/** A new tree each time. The TeX must be valid. */
export const parseTex = (tex: string, displayMode: boolean): TexNode[] =>
  parse(tex, { displayMode, strict: false, maxExpand: 1000 });

export const isNode = (value: unknown): value is TexNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** The nodes of a group, or the node itself. */
export const childrenOf = (value: unknown): readonly TexNode[] => {
  if (Array.isArray(value)) return value.filter(isNode);
  if (!isNode(value)) return [];
  return value.type === "ordgroup" || value.type === "styling" ? childrenOf(value.body) : [value];
};

/** The nodes before the first closing bracket; none if there is none. */
export const upToClose = (nodes: readonly TexNode[]): readonly TexNode[] => {
  const end = nodes.findIndex(({ family }) => family === "close");
  return end === -1 ? [] : nodes.slice(0, end);
};

/** A subscript as TeX, normalised for comparison: without spaces, commas and braces. */
export function write(value: unknown): string {
  if (Array.isArray(value)) return value.map(write).join("");
  if (!isNode(value)) return "";
  if (value.type === "text") return `\\text{${write(value.body)}}`;
  // A name, not a product of letters that may be indices.
  if (value.type === "operatorname") return `\\operatorname{${write(value.body)}}`;
  if (value.type === "font" && /^math(rm|sf)$/.test(value.font ?? "")) return `\\${value.font}{${write(value.body)}}`;
  if (value.type === "spacing" || value.text === ",") return "";
  if (value.type === "op" && value.name !== undefined) return value.name;
  if (value.text !== undefined) return value.text;
  return [value.base, value.sub, value.sup, value.body, value.numer, value.denom].map(write).join("");
}

export function endOf(value: unknown): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map(endOf));
  if (!isNode(value)) return 0;
  return Math.max(value.loc?.end ?? 0, endOf(value.body), endOf(value.base), endOf(value.sub));
}

/** Upright words. */
const isName = ({ type, font }: TexNode): boolean =>
  type === "text" || type === "operatorname" || (type === "font" && font === "mathrm");

/** Lower-case letters at any depth. */
export function smallLetters(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(smallLetters);
  if (!isNode(value) || isName(value)) return [];
  const own = /^([a-z]|\\ell)$/.test(value.text ?? "") ? [value.text ?? ""] : [];
  return [...own, ...[value.base, value.sub, value.sup, value.body].flatMap(smallLetters)];
}
