/** Formats a chapter's citation as a BibTeX entry. */
import type { CatalogueEntry } from "../library/catalogue.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** `url` is absolute. Double braces keep BibTeX from changing the capitals of the title. */
export function bibtexOf({ book, chapter }: CatalogueEntry, libraryTitle: string, url: string): string {
  const date = chapter.published === undefined ? undefined : new Date(chapter.published);
  const year = date?.getUTCFullYear();
  const fields = [
    ["author", `{${chapter.authors.map(asAuthor).join(" and ")}}`],
    ["title", `{{${escapeTex(chapter.title)}}}`],
    ["booktitle", `{${escapeTex(book.title)}}`],
    ["publisher", `{${escapeTex(libraryTitle)}}`],
    ...(date
      ? [
          ["year", `{${year}}`],
          ["month", months[date.getUTCMonth()] ?? ""],
        ]
      : []),
    ["url", `{${url}}`],
  ];
  const key = `${chapter.id.slice(chapter.id.indexOf("/") + 1)}${year ?? ""}`;
  return `@incollection{${key},\n${fields.map(([name, value]) => `  ${name?.padEnd(9)} = ${value}`).join(",\n")}\n}`;
}

/** BibTeX splits a list of authors at every "and": braces keep a name that contains one together. */
const asAuthor = (name: string): string => (/\sand\s/i.test(name) ? `{${escapeTex(name)}}` : escapeTex(name));

const escapeTex = (text: string): string =>
  text
    .replace(/[&%$#_{}]/g, (sign) => `\\${sign}`)
    .replace(/\u00a0/g, " ")
    .replace(/—/g, "---")
    .replace(/–/g, "--");
