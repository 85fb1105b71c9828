/** Converts HTML tags: to Markdown if there is an equivalent, unchanged if a text may contain them, else to code. */
import { Parser } from "htmlparser2";
import { checkHtml } from "../../publish/markdown/raw-html.ts";
import { reportOthers } from "./attributes.ts";
import { imageMarkdown } from "./image-markdown.ts";
import { asCode, type InlineContext } from "./inline-context.ts";

const markdown: Readonly<Record<string, string>> = {
  em: "*",
  strong: "**",
  code: "`",
  tt: "`",
  del: "~~",
  strike: "~~",
};

/** Elements that only place or group their content. */
const wrappers: readonly string[] = [
  "div",
  "span",
  "center",
  "section",
  "article",
  "font",
  "a",
  "p",
  "figure",
  "figcaption",
  "main",
];

export function convertHtmlTag(tag: string, context: InlineContext): string {
  const { name, attributes, closes } = readTag(tag);
  const sign = markdown[name];
  if (sign !== undefined) return sign;
  if (name === "img" && attributes.src !== undefined) {
    const used = ["src", "alt", "title", "id"];
    const written = { id: undefined, classes: [], values: attributes };
    reportOthers(written, used, "an image", (message) => context.draft.find(context.place, message));
    return imageMarkdown(
      { target: attributes.src, alt: attributes.alt ?? "", caption: attributes.title ?? "", label: attributes.id },
      context,
    );
  }
  // A closing tag is as good as its element.
  if (checkHtml(closes ? `<${name}>` : tag).problems.length === 0) return tag;
  if (wrappers.includes(name)) {
    if (!closes) context.draft.find(context.place, `Of ${asCode(tag)} only the content is kept.`);
    return "";
  }
  context.draft.find(context.place, `The element ${asCode(tag)} is not allowed, and is kept as code.`);
  return asCode(tag);
}

function readTag(tag: string): { name: string; attributes: Readonly<Record<string, string>>; closes: boolean } {
  let name = /^<\/?([a-z][\w-]*)/i.exec(tag)?.[1]?.toLowerCase() ?? "";
  let attributes: Readonly<Record<string, string>> = {};
  const parser = new Parser({
    onopentag(opened, written) {
      name = opened;
      attributes = written;
    },
  });
  parser.end(tag);
  return { name, attributes, closes: tag.startsWith("</") };
}
