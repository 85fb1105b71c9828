/**
 * Finds interface text that is not from src/ui/words: without its marked words, a page or email has only content, in
 * Cyrillic letters.
 */
import { Parser } from "htmlparser2";
import { unmarked } from "./marked-words.ts";

/** Contain no wording: code, formulas, and hidden elements. */
const skippedElements: ReadonlySet<string> = new Set(["script", "style", "code", "pre", "math"]);

/** Attributes that are read out or shown. */
const wordedAttributes: ReadonlySet<string> = new Set([
  "title",
  "alt",
  "placeholder",
  "label",
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
]);

/** Attributes with identifiers; every other `data-` attribute is considered wording for a script. */
const namingData: ReadonlySet<string> = new Set([
  "data-cloth",
  "data-language",
  "data-figure",
  "data-figures",
  "data-id",
  "data-sitekey",
  "data-text",
  "data-texts",
]);

/** URLs, hosts and email addresses are data. */
const address = /https?:\/\/\S+|[\w.+•-]+@[\w-]+(\.[\w-]+)+|\b[\w-]+\.example\b/g;

/** Latin letters outside marks, URLs and email addresses. */
export const latinIn = (text: string): string[] =>
  unmarked(text)
    .replace(address, "")
    .match(/\p{Script=Latin}[\p{Script=Latin}\p{M}’'-]*/gu) ?? [];

/** Each text and attribute with unmarked words, as found on the page. */
export function findUnmarked(html: string): string[] {
  const found: string[] = [];
  const skipped: boolean[] = [];
  const check = (text: string, place: string) => {
    if (latinIn(text).length > 0) found.push(`${place}: ${text.trim().replace(/\s+/g, " ")}`);
  };
  /** Up to the next tag: the parser hands over what is between two character references. */
  let text = "";
  const checkText = () => {
    if (skipped.at(-1) !== true) check(text, "text");
    text = "";
  };
  const parser = new Parser({
    onopentag(name, attributes) {
      checkText();
      const isFormula = / katex /.test(` ${attributes.class ?? ""} `);
      skipped.push(skipped.at(-1) === true || skippedElements.has(name) || isFormula);
      for (const [attribute, value] of Object.entries(attributes)) {
        const isButton = attribute === "value" && name === "input" && /submit|button/.test(attributes.type ?? "");
        const isDescription = name === "meta" && attribute === "content" && attributes.name === "description";
        const isWorded = wordedAttributes.has(attribute) || (/^data-/.test(attribute) && !namingData.has(attribute));
        if (isButton || isDescription || isWorded) check(value, `${name} ${attribute}`);
      }
    },
    ontext(piece) {
      text += piece;
    },
    onclosetag() {
      checkText();
      skipped.pop();
    },
    onend: checkText,
  });
  parser.write(html);
  parser.end();
  return found;
}

/**
 * Without the formulas of an email: images, whose alt text is spoken maths, and the letters of those that are text.
 * Emphasis is `<em>`.
 */
export const withoutFormulas = (html: string): string =>
  html.replace(/<img(?![^>]*class="ml-)[^>]*>|<i>\p{L}<\/i>/gu, "");
