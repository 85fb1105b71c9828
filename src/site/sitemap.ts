/** Renders the sitemap. */
import { hasAuthorList } from "../library/authors.ts";
import { type Catalogue, newestFirst, updateOf } from "../library/catalogue.ts";
import { href } from "../routes.ts";
import { escapeXml } from "./atom.ts";

/** https://www.sitemaps.org/protocol.html; at most 50,000 URLs. */
export function renderSitemap(catalogue: Catalogue, origin: string): string {
  const entries = newestFirst(catalogue);
  const pages = [
    { path: href.home(), changed: entries[0]?.chapter.published },
    { path: href.about(), changed: undefined },
    ...(hasAuthorList(catalogue) ? [{ path: href.authors(), changed: undefined }] : []),
    ...[...catalogue.authors.keys()].map((path) => ({ path, changed: undefined })),
    ...entries.map(({ path, chapter }) => ({ path, changed: updateOf(chapter) ?? chapter.published })),
  ];
  const rows = pages.map(({ path, changed }) => {
    const modified = changed ? `<lastmod>${changed.slice(0, 10)}</lastmod>` : "";
    return `<url><loc>${escapeXml(origin + path)}</loc>${modified}</url>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${rows.join("\n")}\n</urlset>\n`;
}
