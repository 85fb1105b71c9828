/** Generates texts that an attacker might write, and finds dangerous or broken HTML. */
import fc from "fast-check";
import { Parser } from "htmlparser2";

const forbiddenElements =
  /^(script|style|iframe|frame|object|embed|applet|base|meta|link|form|template|noscript|portal|foreignobject|animate|set)$/;
const urlAttributes = /^(href|src|action|formaction|xlink:href|data|poster|srcset|background|cite|ping)$/;

/** Lists what is dangerous in HTML, as a browser would parse it. */
export function dangersIn(html: string): string[] {
  const dangers: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (forbiddenElements.test(name)) dangers.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (attribute.startsWith("on")) dangers.push(`${attribute} of <${name}>`);
        if (!urlAttributes.test(attribute)) continue;
        // Browsers remove spaces and control characters before they look for a scheme.
        // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip these inside a scheme
        const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.replace(/[\u0000-\u0020\u007f-\u009f]/g, ""))?.[1];
        if (scheme !== undefined && !["http", "https", "mailto"].includes(scheme.toLowerCase())) dangers.push(value);
      }
    },
  });
  parser.end(html);
  return dangers;
}

/** Names of elements that are opened and not closed, or closed in a different order. */
export function unbalancedIn(html: string): string[] {
  const open: string[] = [];
  const unbalanced: string[] = [];
  const isVoid = /^(br|hr|wbr|img|input|mspace|path)$/;
  for (const [, slash, name = "", closed] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^<>]*?(\/?)>/gi)) {
    if (slash) {
      if (open.pop() !== name) unbalanced.push(name);
    } else if (!closed && !isVoid.test(name)) open.push(name);
  }
  return [...unbalanced, ...open];
}

const pieces = [
  ..."<>\"'&;`*_~[]()!#|:$\\/=-\n \t",
  "\n\n",
  "<script>",
  "</script>",
  "<ScRiPt ",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe src=",
  "<a href=",
  "javascript:alert(1)",
  "JaVa\tScRiPt:",
  "java&#115;cript:x",
  "&#x6A;avascript&colon;",
  "data:text/html,",
  "vbscript:x",
  "\u0001javascript:x",
  "](",
  "![a](",
  '![a](figure:six-teas "',
  "[a]: ",
  "[^a]",
  "[^a]: ",
  "$x$",
  "$$\n",
  "\n$$\n",
  "\\href{javascript:x}{y}",
  "$\\text{<script>}$",
  ":::note[",
  ":::\n",
  ":::questions\n1. a\n\n   b\n",
  "| a | b |\n| - | - |\n",
  "```js\n",
  "\n```\n",
  "<kbd>",
  "</kbd>",
  "<details>",
  "</details>",
  '<abbr title="',
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?php",
  "<!DOCTYPE",
  "onclick=",
  '" onmouseover="x',
  "&quot;",
  "&lt;script&gt;",
  "## ",
  "> ",
  "- ",
  "1. ",
  "[@Okakura06]",
  "\\eqref{",
  '\\label{a"b}',
  "{origin}",
  "\u0000",
  "\u2028",
  "é",
  "🍵",
  "tea",
];

export const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 24 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.webUrl().map((url) => `[a](${url}) <${url}>`),
);

/** Random with a fixed seed: a failure can be reproduced, and no run fails by chance. */
export const runs = (numRuns: number) => ({ numRuns, seed: 18980512 });
