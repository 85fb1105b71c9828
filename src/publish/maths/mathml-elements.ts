/** Parses, changes and writes MathML element by element. */
import { escapeUTF8 } from "entities";
import { Parser } from "htmlparser2";

export interface MathmlElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  children: (MathmlElement | string)[];
  parent: MathmlElement | undefined;
}

/** A root whose children are the elements of `mathml`. */
export function parseMathml(mathml: string): MathmlElement {
  const root = element("root", {}, []);
  let open = root;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const child: MathmlElement = { name, attributes: { ...attributes }, children: [], parent: open };
        open.children.push(child);
        open = child;
      },
      ontext: (text) => void open.children.push(text),
      onclosetag() {
        open = open.parent ?? root;
      },
    },
    { xmlMode: true },
  );
  parser.end(mathml);
  return root;
}

/** Not `<mspace/>`, which an HTML parser that does not know MathML would not close. */
export const writeMathml = ({ children }: MathmlElement): string =>
  children
    .map((child) => {
      if (typeof child === "string") return escapeUTF8(child);
      const attributes = Object.entries(child.attributes).map(([name, value]) => ` ${name}="${escapeUTF8(value)}"`);
      return `<${child.name}${attributes.join("")}>${writeMathml(child)}</${child.name}>`;
    })
    .join("");

export const childrenOf = (node: MathmlElement): MathmlElement[] =>
  node.children.filter((child) => typeof child !== "string");

export const nameIn = (node: MathmlElement, names: readonly string[]): boolean => names.includes(node.name);

export const textOf = (node: MathmlElement | undefined): string =>
  node?.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("") ?? "";

/** Also in rows of its own. */
export const isOperator = (node: MathmlElement): boolean => {
  const [only, ...others] = childrenOf(node);
  return node.name === "mo" || (node.name === "mrow" && others.length === 0 && only !== undefined && isOperator(only));
};

export const isSpace = (node: MathmlElement): boolean =>
  node.name === "mspace" || (node.name === "mtext" && textOf(node).trim() === "");

export function element(
  name: string,
  attributes: Record<string, string>,
  children: (MathmlElement | string)[],
): MathmlElement {
  const node: MathmlElement = { name, attributes, children: [], parent: undefined };
  setChildren(node, children);
  return node;
}

export function setChildren(node: MathmlElement, children: (MathmlElement | string)[]): void {
  node.children = children;
  for (const child of children) if (typeof child !== "string") child.parent = node;
}

/** Puts a row in the place of an element, with the element as one of its children. */
export function putInRow(node: MathmlElement, before: readonly MathmlElement[], after: readonly MathmlElement[]): void {
  const { parent } = node;
  if (!parent) return;
  const row = element("mrow", {}, [...before, node, ...after]);
  row.parent = parent;
  parent.children = parent.children.map((child) => (child === node ? row : child));
}
