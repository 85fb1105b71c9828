/**
 * Routes of the archive of emails. Everyone gets the same pages, so they may be cached for some minutes; search engines are
 * asked not to index them, because the chapters are on the site.
 */
import { type Context, Hono } from "hono";
import { openDatabase } from "../db/database.ts";
import {
  type ArchivedEdition,
  type ArchivedMail,
  findArchivedEdition,
  findArchivePage,
  mailOfVersion,
  readArchivedMail,
  versionOf,
} from "../editions/archive.ts";
import { catalogueIdentifier } from "../editions/chapters/identified-catalogue.ts";
import type { AppEnv } from "../http/app-env.ts";
import { fiveMinutes } from "../http/cache-control.ts";
import { archivedMail } from "../mail/archived-mail.tsx";
import { mailPolicy, pagePolicy } from "../mail/shown-mail.ts";
import { href, pattern } from "../routes.ts";
import { ArchivedEditionPage, ArchivePage, NotArchivedPage } from "./archive-pages.tsx";

const firstYear = 2000;

export function archiveRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const identify = catalogueIdentifier();

  const list = async (context: Context<AppEnv>, year?: string) => {
    const db = openDatabase(context.env.DB);
    const catalogue = await identify(db, context.var.catalogue);
    const found = await findArchivePage(db, catalogue, year, context.req.query("after"));
    markPublic(context);
    return context.html(<ArchivePage page={context.var} found={found} isOpen={context.var.newsletterOpen} />);
  };

  /** The edition and its email that the path names, unless the archive has none. */
  const find = async (context: Context<AppEnv>): Promise<Found | undefined> => {
    const db = openDatabase(context.env.DB);
    const catalogue = await identify(db, context.var.catalogue);
    const edition = await findArchivedEdition(db, catalogue, context.req.param("edition") ?? "");
    const mail = edition && (await mailOfVersion(edition, context.req.param("version")));
    return mail && { edition, mail, ...(await contentOf(context, mail)) };
  };

  routes.get(href.archive(), (context) => list(context));
  routes.get(`${href.archive()}/`, (context) => context.redirect(href.archive(), 301));
  routes.get(pattern.archiveYear, (context) => {
    const year = context.req.param("year");
    return /^\d{4}$/.test(year) && Number(year) >= firstYear ? list(context, year) : missing(context);
  });

  routes.get(pattern.archivedEmail, async (context) => {
    const found = await find(context);
    if (found?.html === undefined) return missing(context);
    markPublic(context);
    return context.html(found.html, 200, {
      "Content-Security-Policy": mailPolicy("light"),
      // A sandboxed page cannot require isolation; a browser would refuse to open it separately.
      "Cross-Origin-Opener-Policy": "unsafe-none",
    });
  });

  routes.get(pattern.archivedEdition, async (context) => {
    const found = await find(context);
    if (!found) return missing(context);
    markPublic(context);
    const { edition, mail, subject } = found;
    const version = await versionOf(mail.chapters);
    const page = <ArchivedEditionPage page={context.var} {...{ edition, mail, subject, version }} />;
    return context.html(page, 200, { "Content-Security-Policy": pagePolicy });
  });

  return routes;
}

interface Found extends Content {
  readonly edition: ArchivedEdition;
  readonly mail: ArchivedMail;
}

interface Content {
  readonly subject: string | undefined;
  readonly html: string | undefined;
}

/** Nothing of an email that cannot be shown without its personal parts. */
async function contentOf({ env, var: { words } }: Context<AppEnv>, mail: ArchivedMail): Promise<Content> {
  const stored = await readArchivedMail(env.SHELF, mail);
  const html = stored && archivedMail(stored.html, words.newsletter.archive.footer);
  return { html, subject: html === undefined ? undefined : stored?.subject };
}

function markPublic(context: Context<AppEnv>): void {
  context.header("Cache-Control", fiveMinutes);
  context.header("X-Robots-Tag", "noindex");
}

/** The same for an edition that does not exist and for one that has not been sent. */
const missing = (context: Context<AppEnv>) =>
  context.html(<NotArchivedPage page={context.var} />, 404, { "Cache-Control": "no-store", "X-Robots-Tag": "noindex" });
