/** Reads which book a page of the library is limited to. */
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import type { Book } from "../library/manifest.ts";

/** The book that `?book=` names. A book that is not public is no choice. */
export function chosenBook(context: Context<AppEnv>): Book | undefined {
  const slug = context.req.query("book");
  return context.var.catalogue.books.find((book) => book.slug === slug);
}
