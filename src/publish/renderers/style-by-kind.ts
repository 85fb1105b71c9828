/**
 * Inlines a stylesheet one kind of element at a time: elements of the same tag, classes and style attribute, in elements
 * of the same kinds, have the same styles. A whole library has some hundred kinds, so juice resolves the cascade for one
 * specimen of each, and not again for every page. Revisit if the stylesheet needs selectors of siblings or attributes.
 */
import { Parser } from "htmlparser2";

/** What the styles of an element depend on. */
interface Kind {
  readonly id: number;
  readonly parent: Kind | undefined;
  readonly tag: string;
  readonly classes: string | undefined;
  /** Its style attribute, with a mark for each number: most images differ only in their sizes. */
  readonly style: string | undefined;
  /** Whether it is the last element in its parent; never for an outermost one, because the page may be cut anywhere. */
  readonly isLast: boolean;
  /** The style attribute it must have, with the same marks. */
  styled: string | undefined;
}

interface Element {
  readonly parent: Element | undefined;
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Offsets of the first and last character of its start tag. */
  readonly start: number;
  readonly end: number;
  isLast: boolean;
}

/** Selectors that distinguish elements of one kind. */
const unfit = /[+~[]|:(?!root\b|is\(|last-child\b)/;

/** `inline` writes style attributes: juice, with a sheet that has only these selectors. */
export function createStyler(selectors: readonly string[], inline: (html: string) => string): (html: string) => string {
  const wrong = selectors.find((selector) => unfit.test(selector));
  if (wrong !== undefined) throw new Error(`The selector "${wrong}" depends on more than the kind of an element.`);
  const kinds = new Map<string, Kind>();
  return (html) => {
    const known = kinds.size;
    const elements = readElements(html);
    const found = findKinds(elements, kinds);
    if (kinds.size > known) styleKinds([...kinds.values()].slice(known), inline);
    return withStyles(html, elements, found);
  };
}

/** In the order of their start tags. */
function readElements(html: string): Element[] {
  const elements: Element[] = [];
  const open: { readonly element: Element; lastChild: Element | undefined }[] = [];
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        const parent = open.at(-1);
        const { startIndex: start, endIndex: end } = parser;
        const element = { parent: parent?.element, tag, attributes, start, end, isLast: false };
        if (parent) parent.lastChild = element;
        elements.push(element);
        open.push({ element, lastChild: undefined });
      },
      onclosetag() {
        const child = open.pop()?.lastChild;
        if (child) child.isLast = true;
      },
    },
    { decodeEntities: false },
  );
  parser.end(html);
  return elements;
}

const numbers = /\d+(?:\.\d+)?/g;

/** Between noncharacters of Unicode, which no text contains. */
const markOf = (index: number) => `\uFDD0${index}\uFDD1`;
const marks = /\uFDD0(\d+)\uFDD1/g;

function withMarks(style: string | undefined): string | undefined {
  let index = 0;
  return style?.replace(numbers, () => markOf(index++));
}

/** The kind of each element; unknown ones are added. */
function findKinds(elements: readonly Element[], kinds: Map<string, Kind>): ReadonlyMap<Element, Kind> {
  const found = new Map<Element, Kind>();
  for (const element of elements) {
    const { tag, attributes, isLast } = element;
    const parent = element.parent && found.get(element.parent);
    const classes = attributes.class;
    const style = withMarks(attributes.style);
    const key = JSON.stringify([parent?.id, tag, classes, style, isLast]);
    const kind = kinds.get(key) ?? { id: kinds.size, parent, tag, classes, style, isLast, styled: undefined };
    kinds.set(key, kind);
    found.set(element, kind);
  }
  return found;
}

function styleKinds(kinds: readonly Kind[], inline: (html: string) => string): void {
  const styled = readElements(inline(kinds.map(specimenOf).join("")));
  const styles = new Map(styled.map(({ attributes: { id, style } }) => [id, style]));
  for (const kind of kinds) kind.styled = styles.get(String(kind.id));
}

/** https://html.spec.whatwg.org/#void-elements, as far as a chapter may contain them. */
const voidElements: ReadonlySet<string> = new Set(["br", "col", "hr", "img", "source", "wbr"]);

/** An element of a kind, with its id, in elements of the kinds of its ancestors. */
function specimenOf(kind: Kind): string {
  let html = "";
  for (let at: Kind | undefined = kind; at; at = at.parent) {
    const { tag, classes, style, isLast } = at;
    const id = at === kind ? ` id="${kind.id}"` : "";
    const named = classes === undefined ? "" : ` class="${classes}"`;
    const attributes = `${id}${named}${style === undefined ? "" : ` style="${style}"`}`;
    html = `<${tag}${attributes}>${html}${voidElements.has(tag) ? "" : `</${tag}>`}${isLast ? "" : "<b></b>"}`;
  }
  return html;
}

function withStyles(html: string, elements: readonly Element[], found: ReadonlyMap<Element, Kind>): string {
  const pieces: string[] = [];
  let copied = 0;
  for (const element of elements) {
    const kind = found.get(element);
    if (kind?.styled === undefined || kind.styled === kind.style) continue;
    const own = element.attributes.style?.match(numbers) ?? [];
    const style = ` style="${kind.styled.replace(marks, (_, index: string) => own[Number(index)] ?? "")}"`;
    const tag = html.slice(element.start, element.end);
    const at = kind.style === undefined ? tag.length : tag.lastIndexOf(' style="');
    pieces.push(html.slice(copied, element.start + at), style);
    copied = element.start + at + (kind.style === undefined ? 0 : tag.indexOf('"', at + ' style="'.length) + 1 - at);
  }
  return pieces.join("") + html.slice(copied);
}
