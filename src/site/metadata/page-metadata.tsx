/**
 * Renders metadata for search engines and reference managers: `citation_*` for Google Scholar and Zotero, and JSON-LD of
 * schema.org, with the ORCID iDs of authors. A library without authors.yaml has none.
 */
import { raw } from "hono/html";
import { type Credit, creditsOf, orcidUrl } from "../library/authors.ts";
import { type CatalogueEntry, updateOf } from "../library/catalogue.ts";
import type { Profile } from "../library/manifest.ts";
import { href } from "../routes.ts";
import { isoDay } from "../ui/dates.ts";
import type { PageContext } from "../ui/page-context.ts";

/** Not a script: browsers do not run it, and the security policy does not apply to it. `<` must not end the element. */
const JsonLd = ({ data }: { readonly data: object }) => (
  <script type="application/ld+json">
    {raw(JSON.stringify({ "@context": "https://schema.org", ...data }).replace(/</g, "\\u003c"))}
  </script>
);

/** The page of an author identifies the person, here and on the page itself. */
function personOf({ name, profile }: Credit, origin: string): object {
  if (!profile) return { "@type": "Person", name };
  const url = origin + href.author(profile.id);
  const sameAs = [
    ...(profile.orcid === undefined ? [] : [orcidUrl(profile.orcid)]),
    ...(profile.link === undefined ? [] : [profile.link]),
  ];
  return { "@type": "Person", "@id": url, name, url, ...(sameAs.length > 0 && { sameAs }) };
}

export function ChapterMetadata({ page, entry }: { readonly page: PageContext; readonly entry: CatalogueEntry }) {
  const { catalogue, origin } = page;
  const { book, chapter, path, isOverview } = entry;
  if (chapter.profileIds === undefined) return null;
  const credits = creditsOf(catalogue, chapter);
  const updated = updateOf(chapter);
  return (
    <>
      <meta name="citation_title" content={chapter.title} />
      {credits.map(({ name, profile }) => (
        <>
          <meta name="citation_author" content={name} />
          {profile?.orcid !== undefined && <meta name="citation_author_orcid" content={orcidUrl(profile.orcid)} />}
        </>
      ))}
      {chapter.published !== undefined && (
        <meta name="citation_publication_date" content={isoDay(chapter.published).replaceAll("-", "/")} />
      )}
      {credits.map(
        ({ profile }) => profile && <meta property="article:author" content={origin + href.author(profile.id)} />,
      )}
      <JsonLd
        data={{
          "@type": "Article",
          headline: chapter.title,
          url: origin + path,
          author: credits.map((credit) => personOf(credit, origin)),
          ...(chapter.published !== undefined && { datePublished: chapter.published }),
          ...(updated !== undefined && { dateModified: updated }),
          ...(!isOverview && { isPartOf: { "@type": "Book", name: book.title, url: origin + href.book(book.slug) } }),
        }}
      />
    </>
  );
}

export function AuthorMetadata({ page: { origin }, author }: { readonly page: PageContext; readonly author: Profile }) {
  const { biography, picture } = author;
  return (
    <JsonLd
      data={{
        "@type": "ProfilePage",
        mainEntity: {
          ...personOf({ name: author.name, profile: author }, origin),
          ...(biography && { description: biography.text }),
          ...(picture && { image: origin + href.media(picture.hash, picture.extension) }),
        },
      }}
    />
  );
}
