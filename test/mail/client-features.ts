/** Lists the features in emails that a client lacks, by caniemail's data, and that have no stated fallback. */
import { caniemail } from "caniemail";

/** The clients that readers use. Of some versions caniemail knows too little: the package then throws. */
const clients = [
  "apple-mail.*",
  "aol.*",
  "fastmail.*",
  "gmail.*",
  "gmx.desktop-webmail",
  "hey.*",
  "outlook.*",
  "protonmail.*",
  "samsung-email.*",
  "thunderbird.macos",
  "web-de.desktop-webmail",
  "yahoo.*",
] as const;

export const conditionalOnly = "Only rules for dark mode and narrow screens: without them, the inline styles apply.";

/** Features that a client may lack, and what is seen there. */
const fallbacks: Readonly<Record<string, string>> = {
  "color-scheme CSS property": "Light colours, or those that the client derives.",
  "color-scheme meta tag": "Light colours, or those that the client derives.",
  "@media": conditionalOnly,
  "<style> element": conditionalOnly,
  "Class selector": conditionalOnly,
  "Descendant combinator": conditionalOnly,
  "Type selector": conditionalOnly,
  "border-radius": "Square corners.",
  "<body> element": "The outer table also sets background and direction.",
  "display:none": "The preheader becomes a line one pixel high, in the colour of the paper.",
  "word-break": "A word wider than the screen widens the email, as it would without a style.",
  "!important keyword": conditionalOnly,
  "dir attribute": "GMX and Web.de: a text from right to left begins at the left edge.",
  "lang attribute": "Screen readers and hyphenation take the client's language.",
  "height attribute": "HEY: images have it in their style too.",
  "width attribute": "HEY: images have it in their style too; a table is as wide as its content.",
  "text-decoration": "Proton Mail on iOS: links look as that client draws them.",
  "role attribute": "Windows Mail, discontinued by Microsoft.",
};

/** `client: feature` for each feature without a fallback. `more`: further fallbacks. */
export function unsupported(html: string, more: Readonly<Record<string, string>> = {}): string[] {
  const known = { ...fallbacks, ...more };
  const { errors } = caniemail({ clients: [...clients], html }).issues;
  return [...errors].flatMap(([client, list]) =>
    list.filter(({ title }) => known[title] === undefined).map(({ title }) => `${client}: ${title}`),
  );
}
