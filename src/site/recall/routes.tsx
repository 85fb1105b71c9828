/** Serves the questions of the library or of a book: as a page, and as a file for Anki. One object each. */
import { Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { revalidate } from "../../http/cache-control.ts";
import { pathOf } from "../../http/page-cache.ts";
import { pattern } from "../../routes.ts";
import { chosenBook } from "../chosen-book.ts";
import { readLibraryObject } from "../read-object.ts";
import { deckAt, renderAnkiFile } from "./anki-file.ts";
import { RecallPage } from "./recall-page.tsx";

export function recallRoutes(): Hono<AppEnv> {
  const recall = new Hono<AppEnv>();

  recall.get(pattern.recall, async (context) => {
    const book = chosenBook(context);
    const hash = (book ?? context.var.catalogue.manifest).recall;
    const object = hash === undefined ? undefined : await readLibraryObject(context, hash, "recall");
    context.header("Cache-Control", revalidate);
    return context.html(<RecallPage page={context.var} book={book} object={object} />);
  });

  recall.get(pattern.deck, async (context) => {
    const book = deckAt(context.var.catalogue, pathOf(context.req.url));
    if (book?.deck === undefined) return context.notFound();
    const deck = await readLibraryObject(context, book.deck, "deck");
    return context.body(renderAnkiFile(context.var, book, deck), 200, {
      "Content-Type": "text/tab-separated-values; charset=utf-8",
      "Content-Disposition": `attachment; filename="${book.slug}.tsv"`,
      "Cache-Control": revalidate,
    });
  });

  return recall;
}
