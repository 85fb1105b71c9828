/**
 * Sends the page of a chapter: a rendered shell around the bytes of its text, which are copied. On a small site, most
 * readers meet an isolate that has cached nothing, and decoding and rendering the text was most of its work.
 */
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { etagOf } from "../http/etag.ts";
import type { CatalogueEntry } from "../library/catalogue.ts";
import { type ChapterObject, publicBody } from "../library/chapter-object.ts";
import { joinBytes } from "../library/join-bytes.ts";

/** Stands for the text in the shell. It contains a NUL, which no text of an author can. */
export const bodyMark = "\0body\0";

const encoder = new TextEncoder();

/** `shell` is the page with `bodyMark` where its text belongs. */
export async function sendChapter(
  context: Context<AppEnv>,
  entry: CatalogueEntry,
  object: ChapterObject,
  shell: string,
): Promise<Response> {
  const { catalogue, words } = context.var;
  const [head = "", tail = ""] = shell.split(bodyMark);
  const { pieces, withheld } = publicBody(catalogue, object, words.chapter.notPublishedYet);
  // What the page is made of, which is shorter than the page.
  const made = [entry.chapter.object, ...withheld, head, tail].join("\0");
  return context.body(joinBytes([encoder.encode(head), ...pieces, encoder.encode(tail)]), 200, {
    "Content-Type": "text/html; charset=UTF-8",
    ETag: await etagOf(encoder.encode(made)),
  });
}
