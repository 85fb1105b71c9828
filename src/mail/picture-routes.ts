/** Serves the images in emails: at permanent URLs, and to the pages of any webmail. */
import { Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { immutable, noStore } from "../http/cache-control.ts";
import { tryAgain } from "../http/try-again.ts";
import { cutPicture, readMailPictures } from "../library/mail-pictures.ts";
import { pattern } from "../routes.ts";

/** Registered before the page cache: the whole pack is cached (library/shelf.ts), and each image is cut from it. */
export function pictureRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(pattern.mailPicture, async (context) => {
    const pack = context.req.param("pack");
    const [, start, length] = /^(\d{1,8})-(\d{1,7})\.png$/.exec(context.req.param("picture")) ?? [];
    if (!/^[0-9a-f]{64}$/.test(pack) || start === undefined) return context.notFound();
    const { SHELF: kv, ASSETS: assets } = context.env;
    const { byPath } = context.var.catalogue;
    const isPublic = [...byPath.values()].some(({ chapter }) => chapter.mailPictures === pack);
    const waitUntil = (work: Promise<unknown>) => context.executionCtx.waitUntil(work);
    const found = await readMailPictures({ kv, assets, waitUntil }, pack, isPublic);
    // It may have been emailed, so the client should retry.
    if (found.kind === "missing") return tryAgain(context);
    const picture = found.kind === "found" ? cutPicture(found.bytes, Number(start), Number(length)) : undefined;
    if (!picture) return context.text(`${context.var.words.errors.noImage}\n`, 404, { "Cache-Control": noStore });
    return context.body(picture as Uint8Array<ArrayBuffer>, 200, {
      "Content-Type": "image/png",
      "Cache-Control": immutable,
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cross-Origin-Resource-Policy": "cross-origin",
    });
  });
  return routes;
}
