/**
 * Marks the declared symbols in a formula's HTML with classes, `y0` for the first entry of the notation, so that a page can
 * show what each means. Nothing else changes: neither how the formula looks nor its MathML.
 */
import katex from "katex";
import { shorten, typesetChecked, typesetting, unnumbered } from "./maths.ts";
import type { Resolve } from "./resolve-symbols.ts";
import { readLetters, walkLetters } from "./tex-letters.ts";
import { parseTex, type TexNode } from "./tex-tree.ts";

/** Of the symbols of a text that need an explanation. */
export interface SymbolCounts {
  resolved: number;
  unknown: number;
}

/** An element that KaTeX writes. */
interface HtmlNode {
  classes?: string[];
  style?: object;
  attributes?: Record<string, string>;
  children?: HtmlNode[];
  toMarkup(): string;
}

/** Exported by KaTeX under these names, but missing from its types. */
const internals = katex as unknown as {
  __renderToHTMLTree: (tex: string, options: object) => HtmlNode;
  __defineFunction: (definition: object) => void;
};

/** KaTeX accepts no tree, only TeX: this command stands for a tree. */
const treeCommand = "\\marked@tree";
let tree: TexNode[] = [];
internals.__defineFunction({
  type: "ordgroup",
  names: [treeCommand],
  numArgs: 0,
  handler: ({ parser }: { readonly parser: { readonly mode: string } }) => ({
    type: "ordgroup",
    mode: parser.mode,
    body: tree,
    semisimple: true,
  }),
});

/** The formula's HTML and MathML, as `typesetChecked` returns it, with marks. `counts` are increased. */
export function markSymbols(tex: string, isDisplayed: boolean, resolve: Resolve, counts: SymbolCounts): string {
  const { html } = typesetChecked(tex, isDisplayed);
  const { bound } = readLetters(tex, isDisplayed);
  let marks = 0;
  const marked = parseTex(unnumbered(tex), isDisplayed);
  walkLetters(marked, {
    onLetter(letter, node) {
      const resolution = resolve(letter, bound);
      if (resolution.kind === "unknown") counts.unknown += 1;
      if (resolution.kind !== "declared") return undefined;
      marks += 1;
      const wrapper = { type: "html", mode: "math", attributes: { "data-y": `${resolution.entry}` }, body: [node] };
      return wrapper as TexNode;
    },
    onBound: () => undefined,
    onIndices: () => undefined,
  });
  const replaced = marks === 0 ? undefined : replaceHtml(html, marked, isDisplayed);
  if (replaced === undefined) counts.unknown += marks;
  else counts.resolved += marks;
  return replaced ?? html;
}

const htmlHalf = /<span class="katex-html"[\s\S]*$/;

/** Undefined if the marks would change more than classes, as in `\substack`: then the formula is left as it is. */
function replaceHtml(html: string, marked: TexNode[], displayMode: boolean): string | undefined {
  tree = marked;
  const root = internals.__renderToHTMLTree(treeCommand, { ...typesetting, displayMode });
  unwrap(root);
  const [half = ""] = htmlHalf.exec(shorten(root.toMarkup())) ?? [];
  const [clean = ""] = htmlHalf.exec(html) ?? [];
  if (letterByLetter(half.replace(/ y\d+(?=")/g, "")) !== letterByLetter(clean)) return undefined;
  return html.slice(0, -clean.length) + half;
}

/** Replaces the elements around marked symbols by a class on what is in them. */
function unwrap(node: HtmlNode): void {
  if (!node.children) return;
  node.children = node.children.flatMap((child) => {
    unwrap(child);
    const entry = child.attributes?.["data-y"];
    if (entry === undefined) return [child];
    // The space after a symbol is in its element as well.
    const [first, ...spaces] = child.children ?? [];
    if (!first?.classes || !spaces.every((space) => space.classes?.includes("mspace"))) return [child];
    Object.assign(first.style ?? {}, child.style);
    first.classes.push(`y${entry}`);
    return child.children ?? [];
  });
}

/** KaTeX joins letters next to each other into one element, but not marked ones. */
const letterByLetter = (html: string): string =>
  html.replace(
    /<span class="([^"]*\bmord\b[^"]*)"( style="[^"]*")?>([^<]{2,})<\/span>/gu,
    (_, classes, style = "", text) => {
      const letters = String(text).match(/&[a-z#0-9]+;|./gu) ?? [];
      const last = letters.length - 1;
      return letters.map((letter, i) => `<span class="${classes}"${i === last ? style : ""}>${letter}</span>`).join("");
    },
  );
