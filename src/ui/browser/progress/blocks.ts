/**
 * Finds the blocks of a text, and hashes them as their reader sees them: what the author rewrites without changing anything
 * visible, such as markup or the number of an equation, changes no hash. Whoever changes these rules changes the version
 * in hashes.ts.
 */
import { hashOf } from "./hashes.ts";

export interface Block {
  readonly element: Element;
  readonly hash: string;
}

/** Drawn formulas (their MathML is read), controls and drawings, and whatever is numbered automatically. */
const unread =
  ".katex-html,annotation,button,form,svg,.interactive,.live-region,.anchor,.number,.figure-number,.note-number,.citation,script,a[href^='#']";
/** Elements of MathML whose meaning is where their parts are: x² is not x₂. */
const arranged = /^m(sub|sup|subsup|frac|sqrt|root|over|under|underover|td|tr|enclose)$/;

/** The blocks of a chapter's text, in their order; list items and the parts of a box are blocks of their own. */
export function blocksIn(body: Element): Block[] {
  const blocks: Block[] = [];
  const add = (element: Element) => {
    const isEnd = element.matches(".neighbours, .feedback, .apparatus");
    if (isEnd || element.matches("summary:empty")) return;
    if (element.matches(".box, details, ul, ol, blockquote")) for (const part of element.children) add(part);
    else {
      const text = textOf(element);
      if (text !== "") blocks.push({ element, hash: hashOf(text) });
    }
  };
  for (const element of body.children) add(element);
  return blocks;
}

function textOf(block: Element): string {
  let text = "";
  const walk = (node: Node): void => {
    if (node instanceof Text) text += node.data;
    if (!(node instanceof Element) || node.matches(unread)) return;
    if (arranged.test(node.localName)) text += `<${node.localName}>`;
    for (const child of node.childNodes) walk(child);
  };
  walk(block);
  return text.replace(/\s+/g, "").normalize();
}
