/** Lays out plain-text email in lines of at most 76 characters. Listings keep their own lines. */
import type { Formatter } from "html-to-text";
import { originMark } from "../../library/objects.ts";
import { createCache } from "../cache/memory-cache.ts";
import { fixedSpace, maxColumns } from "./text-renderer.ts";

/** RFC 3676 recommends at most 78 characters; two are left for the `> ` of a reply. */
const lineLength = 76;

/** As long as a typical origin, so that lines with a link are wrapped as if the origin was in place. */
const originStandIn = "https://a-library-of-some-length.example";

const load = createCache<Promise<(html: string) => string>>();

/** `html`: from the text renderer. */
export async function layOutLines(html: string): Promise<string> {
  const convert = await load("html-to-text", createConverter);
  return inSingleUnits(html.replaceAll(originMark, originStandIn), convert)
    .replaceAll(originStandIn, originMark)
    .replaceAll(fixedSpace, " ")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{4,}/g, "\n\n\n")
    .trim();
}

/**
 * Replaces each character of several UTF-16 units with a private-use character during the conversion: html-to-text
 * measures columns and lines in units.
 */
function inSingleUnits(html: string, convert: (html: string) => string): string {
  const units = new Map<string, string>();
  let code = 0xe000;
  const single = html.replace(/[\u{10000}-\u{10ffff}]\p{M}*|[^\p{M}<>\s]\p{M}+/gu, (sign) => {
    while (html.includes(String.fromCharCode(code))) code += 1;
    const unit = units.get(sign) ?? (code < 0xf8ff ? String.fromCharCode(code++) : sign);
    units.set(sign, unit);
    return unit;
  });
  return [...units].reduce((text, [sign, unit]) => text.replaceAll(unit, () => sign), convert(single));
}

async function createConverter(): Promise<(html: string) => string> {
  const { compile } = await import("html-to-text");
  return compile({
    wordwrap: lineLength,
    formatters: {
      heading: underlined("-"),
      subheading: block(""),
      box: block("| "),
      note: block("   "),
      aside: block("  "),
      indented,
      link,
      emphasis: between("*"),
      verbatim: between("`"),
    },
    selectors: [
      { selector: "h2", format: "heading" },
      ...["h3", "h4", "h5", "h6"].map((selector) => ({ selector, format: "subheading" })),
      { selector: "div.box", format: "box" },
      { selector: "blockquote", format: "box" },
      { selector: "div.note", format: "note" },
      { selector: "div.aside", format: "aside" },
      { selector: "pre.indented", format: "indented" },
      { selector: "a", format: "link" },
      ...["em", "strong", "i", "b"].map((selector) => ({ selector, format: "emphasis" })),
      { selector: "code", format: "verbatim" },
      { selector: "ul", options: { itemPrefix: " - " } },
      ...Array.from({ length: maxColumns }, (_, index) => tableOf(index + 1)),
    ],
  });
}

/** Columns are separated by three spaces and share the line equally. */
const tableOf = (columns: number) => ({
  selector: `table.columns${columns}`,
  format: "dataTable",
  options: { uppercaseHeaderCells: false, maxColumnWidth: Math.floor((lineLength - 2 - 3 * (columns - 1)) / columns) },
});

/** A block whose lines all start with `edge`. */
const block =
  (edge: string): Formatter =>
  (element, walk, builder) => {
    builder.openBlock({ leadingLineBreaks: 2, reservedLineLength: edge.length });
    walk(element.children, builder);
    builder.closeBlock({
      trailingLineBreaks: 2,
      blockTransform: (text) => text.replace(/^\n+|\n+$/g, "").replace(/^/gm, edge),
    });
  };

const underlined =
  (sign: string): Formatter =>
  (element, walk, builder) => {
    builder.openBlock({ leadingLineBreaks: 3 });
    walk(element.children, builder);
    builder.closeBlock({
      trailingLineBreaks: 2,
      blockTransform: (text) => `${text}\n${sign.repeat(Math.max(...text.split("\n").map((line) => line.length)))}`,
    });
  };

const indented: Formatter = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 2, reservedLineLength: 4, isPre: true });
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: 2, blockTransform: (text) => text.replace(/^(?=.)/gm, "    ") });
};

/** The text, followed by its URL. `withholdAddresses` (src/library/catalogue.ts) recognises this form. */
const link: Formatter = (element, walk, builder) => {
  walk(element.children, builder);
  builder.addInline(` <${element.attribs.href ?? ""}>`);
};

const between =
  (sign: string): Formatter =>
  (element, walk, builder) => {
    builder.addInline(sign);
    walk(element.children, builder);
    builder.addInline(sign);
  };
