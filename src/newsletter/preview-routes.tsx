/** Routes of email previews: a chapter that is not public yet, as its edition would send it, for anyone with a preview link. */
import { type Context, Hono } from "hono";
import * as v from "valibot";
import { composePreview } from "../editions/sending/preview-mail.ts";
import type { AppEnv } from "../http/app-env.ts";
import { markPrivate, previewWords, readPreview } from "../http/preview-links.ts";
import { tryAgain } from "../http/try-again.ts";
import { cutPicture } from "../library/mail-pictures.ts";
import { readObject, type ShelfSources } from "../library/shelf.ts";
import { looks } from "../mail/inbox-pages.tsx";
import { inboxCss } from "../mail/inbox-style.ts";
import type { Message } from "../mail/mailer.ts";
import { mailPolicy, pagePolicy, shownMail } from "../mail/shown-mail.ts";
import { href, pattern } from "../routes.ts";
import { newsletterState } from "../subscribers/settings.ts";
import { NoPreview } from "../ui/error-page.tsx";
import { PreviewMailPage, previewViews } from "./preview-page.tsx";

const View = v.fallback(v.picklist(previewViews), "html");
const LookName = v.picklist(looks);

export function previewMailRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get(pattern.previewMail, (context) =>
    withPreview(context, async ({ token, entry, until, message }) => {
      const view = v.parse(View, context.req.query("view"));
      const banner = previewWords(context.var.words, entry, until);
      const page = <PreviewMailPage page={context.var} {...{ token, message: await message(), view, banner }} />;
      return context.html(page, 200, { "Content-Security-Policy": pagePolicy });
    }),
  );

  routes.get(pattern.previewMailFile, (context) =>
    withPreview(context, async ({ token, entry, message }) => {
      const file = context.req.param("file");
      if (file === "style.css") return context.body(inboxCss, 200, { "Content-Type": "text/css; charset=utf-8" });
      const look = v.safeParse(LookName, file);
      if (!look.success) return undefined;
      const { html } = await message();
      const { mailPictures: pack } = entry.chapter;
      // Its images are hidden like the chapter, so they are shown under the same link.
      const shown =
        pack === undefined
          ? html
          : html.replaceAll(`${context.var.origin}/mail/${pack}/`, href.previewMailPicture(token, ""));
      return context.html(shownMail(shown, look.output), 200, {
        "Content-Security-Policy": mailPolicy(look.output),
        // A sandboxed page cannot require isolation; a browser would refuse to open it separately.
        "Cross-Origin-Opener-Policy": "unsafe-none",
      });
    }),
  );

  routes.get(pattern.previewMailPicture, (context) =>
    withPreview(context, async ({ entry, sources }) => {
      const [, start, length] = /^(\d{1,8})-(\d{1,7})\.png$/.exec(context.req.param("picture")) ?? [];
      const { mailPictures: pack } = entry.chapter;
      if (pack === undefined || start === undefined) return undefined;
      const found = await readObject(sources, pack, "bin");
      if (found.kind === "missing") return tryAgain(context);
      const picture = cutPicture(found.bytes, Number(start), Number(length));
      return (
        picture &&
        context.body(picture as Uint8Array<ArrayBuffer>, 200, {
          "Content-Type": "image/png",
          "Content-Security-Policy": "default-src 'none'; sandbox",
        })
      );
    }),
  );
  return routes;
}

interface Shown {
  readonly token: string;
  readonly entry: Parameters<typeof composePreview>[1];
  /** Milliseconds. */
  readonly until: number;
  readonly sources: ShelfSources;
  readonly message: () => Promise<Message>;
}

/** What the link shows, if it is valid and `show` has it; otherwise the same refusal for every reason. */
async function withPreview(
  context: Context<AppEnv>,
  show: (shown: Shown) => Promise<Response | undefined>,
): Promise<Response> {
  const token = context.req.param("token") ?? "";
  const preview = await readPreview(context, token, Date.now());
  if (preview.kind === "public") return context.redirect(preview.path, 302);
  const sources = sourcesOf(context);
  const shown =
    preview.kind === "none"
      ? undefined
      : await show({ ...preview, token, sources, message: () => messageOf(context, preview, sources) });
  const answer = shown ?? (await context.html(<NoPreview page={context.var} />, 404));
  markPrivate(answer.headers);
  return answer;
}

function messageOf(
  context: Context<AppEnv>,
  {
    catalogue,
    entry,
  }: Pick<Extract<Awaited<ReturnType<typeof readPreview>>, { kind: "hidden" }>, "catalogue" | "entry">,
  sources: ShelfSources,
): Promise<Message> {
  const state = newsletterState(context.env);
  const from = state.kind === "open" ? state.settings.from : catalogue.manifest.title;
  const postalAddress = state.kind === "open" ? state.settings.postalAddress : undefined;
  return composePreview(
    { catalogue, origin: context.var.origin, from, postalAddress, countClicks: false, sources },
    entry,
    "you",
  );
}

/** Previews store nothing: the permanent images are those of emails that were sent, and are public. */
const sourcesOf = ({ env }: Context<AppEnv>): ShelfSources => ({
  kv: { get: env.SHELF.get.bind(env.SHELF) as KVNamespace["get"], put: async () => undefined },
  assets: env.ASSETS,
  waitUntil: () => undefined,
});
