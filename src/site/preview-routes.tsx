/**
 * Serves previews: a chapter that is not public yet, and its images, for anyone with a link; and, in `npm start`,
 * mistakes in content/.
 */
import { Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { markPrivate, previewWords, readPreview } from "../http/preview-links.ts";
import { tryAgain } from "../http/try-again.ts";
import { withholdLinks } from "../library/catalogue.ts";
import { htmlOf } from "../library/chapter-object.ts";
import { href, pattern } from "../routes.ts";
import { NoPreview } from "../ui/error-page.tsx";
import { ChapterPage } from "./chapter-page.tsx";
import { mediaPolicy, mediaTypes } from "./media.ts";
import { readBytes, readChapter } from "./read-object.ts";

export function previewRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use("/preview/*", async (context, next) => {
    await next();
    markPrivate(context.res.headers);
  });

  routes.get(href.problems(), async (context) => {
    const { PROBLEMS_URL } = context.env;
    if (PROBLEMS_URL === undefined || !context.var.catalogue.includesUnpublished) return context.notFound();
    return context.json(await (await fetch(PROBLEMS_URL)).json());
  });

  routes.get(pattern.preview, async (context) => {
    const token = context.req.param("token");
    const now = Date.now();
    const preview = await readPreview(context, token, now);
    if (preview.kind === "public") return context.redirect(preview.path, 302);
    if (preview.kind === "none") return context.html(<NoPreview page={context.var} />, 404);
    const { entry, catalogue, until } = preview;
    const object = await readChapter(context, entry.chapter.object);
    // Its images are not public either, so they are served under the same link.
    const html = entry.chapter.media.reduce(
      (text, { hash, extension }) =>
        text.replaceAll(href.media(hash, extension), href.previewMedia(token, hash, extension)),
      withholdLinks(catalogue, htmlOf(object), context.var.words.chapter.notPublishedYet),
    );
    const banner = previewWords(context.var.words, entry, until);
    return context.html(
      <ChapterPage
        {...{ entry, now }}
        page={{ ...context.var, catalogue }}
        object={object}
        html={html}
        feedbackOpen={false}
        preview={{ banner, mail: href.previewMail(token) }}
      />,
    );
  });

  routes.get(pattern.previewMedia, async (context) => {
    const preview = await readPreview(context, context.req.param("token"), Date.now());
    if (preview.kind === "none") return context.html(<NoPreview page={context.var} />, 404);
    const [, hash = "", extension = ""] = /^([0-9a-f]{64})\.([a-z]+)$/.exec(context.req.param("file")) ?? [];
    if (preview.kind === "public") return context.redirect(href.media(hash, extension), 302);
    const media = preview.entry.chapter.media.find((file) => file.hash === hash && file.extension === extension);
    const result = media && (await readBytes(context, hash, extension));
    if (result?.kind === "missing") return tryAgain(context);
    if (result === undefined) return context.html(<NoPreview page={context.var} />, 404);
    return context.body(result.bytes as Uint8Array<ArrayBuffer>, 200, {
      "Content-Type": mediaTypes[media?.extension ?? "png"],
      "Content-Security-Policy": mediaPolicy,
    });
  });
  return routes;
}
