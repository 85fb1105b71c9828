/** Sends images: those of texts, by their hash, and those beside links to a page. */
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { immutable, weekly } from "../http/cache-control.ts";
import { pathOf } from "../http/page-cache.ts";
import { tryAgain } from "../http/try-again.ts";
import type { Media } from "../library/manifest.ts";
import { mediaAt } from "./addresses.ts";
import { mediaPolicy, mediaTypes } from "./media.ts";
import { readBytes } from "./read-object.ts";

export async function sendMedia(context: Context<AppEnv>) {
  const media = mediaAt(context.var.catalogue, pathOf(context.req.url));
  return media ? sendImage(context, media, immutable) : context.notFound();
}

/** Its URL is the same for every version, without the query. */
export const sendShareImage = (context: Context<AppEnv>, hash: string | undefined) =>
  hash === undefined ? context.notFound() : sendImage(context, { hash, extension: "png" }, weekly);

async function sendImage(context: Context<AppEnv>, { hash, extension }: Media, cacheControl: string) {
  const result = await readBytes(context, hash, extension);
  if (result.kind === "missing") return tryAgain(context);
  return context.body(result.bytes as Uint8Array<ArrayBuffer>, 200, {
    "Content-Type": mediaTypes[extension],
    "Cache-Control": cacheControl,
    "Content-Security-Policy": mediaPolicy,
    // Webmail and feed readers embed images in their own pages.
    "Cross-Origin-Resource-Policy": "cross-origin",
  });
}
