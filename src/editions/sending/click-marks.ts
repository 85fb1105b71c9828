/**
 * Marks links in an email that lead to the library, so that views from emails can be counted. The mark is the same for
 * everybody.
 */
import type { Catalogue } from "../../library/catalogue.ts";
import type { MailContent } from "../../mail/message.ts";
import { href } from "../../routes.ts";

interface Library {
  readonly catalogue: Catalogue;
  readonly origin: string;
}

/** As src/stats/source.ts reads it. */
const mark = "?from=newsletter";

const links = /(href=")(https?:\/\/[^"/]+)(\/[a-z0-9/-]*)?(?=[#"])/g;
const addresses = /()(https?:\/\/[^\s/<>]+)(\/[a-z0-9/-]*)?(?=[#\s>]|$)/g;

/**
 * Adds `?from=newsletter` to every URL of a public page. Personal links (unsubscribe, preferences) and images stay as they
 * are.
 */
export const withClickMarks = (content: MailContent, library: Library): MailContent => ({
  ...content,
  html: marked(content.html, links, library),
  text: marked(content.text, addresses, library),
});

const marked = (text: string, pattern: RegExp, { catalogue, origin }: Library): string =>
  text.replace(pattern, (link, before: string, host: string, path = href.home()) => {
    const isOurs = host === origin && (path === href.home() || catalogue.byPath.has(path));
    return isOurs ? `${before}${host}${path}${mark}` : link;
  });
