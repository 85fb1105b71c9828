/**
 * Builds the questions of each book as notes for Anki (https://docs.ankiweb.net/importing/text-files.html): one line each,
 * with the question's id, so that a later import updates the note. The Worker adds the head of the file, and leaves out
 * texts that are not public yet.
 */
import { stringify } from "csv-stringify/sync";
import { directionOf, inLanguage } from "../../library/language.ts";
import { numberedChapters } from "../../library/numbered-chapters.ts";
import { type CompiledQuestion, originMark } from "../../library/objects.ts";
import { escapeHtml } from "../markdown/raw-html.ts";
import { jsonObject, type Output } from "./output.ts";

export const decks: Output = {
  name: "decks",
  build({ outline, books, textAt }) {
    const { title, language } = outline.library.data;
    const built = books.flatMap((book) => {
      const deck = [title, book.shortTitle].map(deckName).join("::");
      const texts = numberedChapters([book])
        .map(({ path, chapter }) => {
          const source: Source = {
            path,
            title: chapter === book.overview ? book.title : chapter.title,
            deck,
            language: chapter.language ?? language,
          };
          const rows = textAt(path).questions.map(({ card }) => rowOf(card, source));
          return { path, rows: stringify(rows, { delimiter: "\t" }) };
        })
        .filter(({ rows }) => rows !== "");
      return texts.length === 0 ? [] : [{ slug: book.slug, object: jsonObject({ kind: "deck", texts }) }];
    });
    return {
      objects: built.map(({ object }) => object),
      entries: { books: new Map(built.map(({ slug, object }) => [slug, { deck: object.hash }])) },
    };
  },
};

/** Two colons separate a deck from the one it is part of. */
const deckName = (title: string): string => title.replaceAll(/:{2,}/g, ":");

interface Source {
  readonly path: string;
  readonly title: string;
  readonly deck: string;
  readonly language: string;
}

/** A question needs its chapter to be understood among others; the link to it is where the answer may be read. */
function rowOf({ id, asked, answered }: CompiledQuestion, { path, title, deck, language }: Source): string[] {
  const direction = directionOf(language);
  // Anki's own pages are from left to right.
  const field = (html: string) => inLanguage(html, { language: direction === "rtl" ? language : undefined, direction });
  const chapter = escapeHtml(title);
  const link = `<a href="${originMark}${path}">${chapter}</a>`;
  return [
    id,
    field(`<p><small>${chapter}</small></p>\n${asked}`),
    field(`${answered}\n<p><small>${link}</small></p>`),
    deck,
    path.split("/").filter(Boolean).join("::"),
  ];
}
