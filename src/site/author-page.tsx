/** Renders the page of an author: picture, biography, links, and their chapters by book. */

import { raw } from "hono/html";
import { creditsOf, hasAuthorList, orcidUrl, writtenBy } from "../library/authors.ts";
import { type CatalogueEntry, numberOf, withholdLinks } from "../library/catalogue.ts";
import { titleOf } from "../library/language.ts";
import type { Profile } from "../library/manifest.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { AuthorName } from "./author-names.tsx";
import { BookHeading } from "./book-heading.tsx";
import { ChapterRow, Minutes, UnpublishedMark } from "./chapter-lists.tsx";
import { identityOf } from "./link-identity.ts";
import { AuthorMetadata } from "./metadata/page-metadata.tsx";
import { Portrait } from "./portrait.tsx";

interface AuthorPageProps {
  readonly page: PageContext;
  readonly author: Profile;
  readonly now: number;
}

export function AuthorPage({ page, author, now }: AuthorPageProps) {
  const { catalogue, words } = page;
  return (
    <Document
      page={page}
      title={author.name}
      description={author.biography?.text ?? words.authors.description(author.name, catalogue.manifest.title)}
      path={href.author(author.id)}
      head={<AuthorMetadata page={page} author={author} />}
    >
      <article class="reading author">
        <AuthorHeader page={page} author={author} />
        <div class="body">
          {writtenBy(catalogue, author).map((written) => (
            <BookSection page={page} author={author} now={now} {...written} />
          ))}
        </div>
      </article>
    </Document>
  );
}

function AuthorHeader({ page, author }: Omit<AuthorPageProps, "now">) {
  const { catalogue } = page;
  const words = page.words.authors;
  const { name, biography, link, orcid, picture } = author;
  return (
    <header class="text-header author-header">
      {picture && <Portrait picture={picture} alt={picture.alt} />}
      <div>
        <p class="kicker">
          {hasAuthorList(catalogue) ? <a href={href.authors()}>{words.title}</a> : <span>{words.author}</span>}
        </p>
        <h1 dir="auto">{name}</h1>
        {biography && (
          <p class="biography" dir="auto">
            {raw(withholdLinks(catalogue, biography.html, page.words.chapter.notPublishedYet))}
          </p>
        )}
        {(link !== undefined || orcid !== undefined) && (
          <ul class="author-links">
            {link !== undefined && (
              <li>
                <a href={link} rel="me" aria-label={words.website(hostOf(link))}>
                  {hostOf(link)}
                </a>
              </li>
            )}
            {orcid !== undefined && (
              <li>
                <a href={orcidUrl(orcid)} rel="me">
                  {words.orcid} <span class="orcid">{orcid}</span>
                </a>
              </li>
            )}
          </ul>
        )}
      </div>
    </header>
  );
}

const hostOf = (url: string): string => new URL(url).host.replace(/^www\./, "");

function BookSection({ page, author, now, book, entries }: AuthorPageProps & ReturnType<typeof writtenBy>[number]) {
  const chapters = entries.filter(({ isOverview }) => !isOverview);
  return (
    <section class="author-book" data-cloth={book.cloth} aria-labelledby={`book-${book.slug}`}>
      <BookHeading book={book} />
      {entries.map((entry) => entry.isOverview && <OverviewRow page={page} entry={entry} now={now} />)}
      {chapters.length > 0 && (
        <ol class="contents-list">
          {chapters.map((entry) => (
            <Row page={page} author={author} entry={entry} now={now} />
          ))}
        </ol>
      )}
    </section>
  );
}

interface RowProps {
  readonly page: PageContext;
  readonly entry: CatalogueEntry;
  readonly now: number;
}

/** The book's title is above it. */
const OverviewRow = ({ page, entry, entry: { path, chapter }, now }: RowProps) => (
  <ol class="start-here">
    <li>
      <a class="entry-title" href={path} {...identityOf(entry)}>
        {page.words.chapter.startHere}
      </a>{" "}
      <Minutes page={page} minutes={chapter.minutes} /> <UnpublishedMark page={page} chapter={chapter} now={now} />
      <p class="entry-excerpt" {...titleOf(chapter)}>
        {chapter.excerpt}
      </p>
    </li>
  </ol>
);

/** With the number that the chapter has in its book, and its other authors. */
function Row({ page, author, entry, now }: RowProps & { readonly author: Profile }) {
  const { catalogue, words } = page;
  const number = numberOf(catalogue, entry);
  const others = creditsOf(catalogue, entry.chapter).filter(({ profile }) => profile !== author);
  return (
    <li style={`counter-set: chapter ${number}`}>
      <ChapterRow page={page} entry={entry} now={now} />
      {others.length > 0 && (
        <p class="entry-authors" dir="auto">
          {words.authors.together(others.map((credit) => <AuthorName credit={credit} />))}
        </p>
      )}
    </li>
  );
}
