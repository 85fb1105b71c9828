/** Renders the list of all authors of a library that has several. */
import { writtenBy } from "../library/authors.ts";
import type { Profile } from "../library/manifest.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { Portrait } from "./portrait.tsx";

interface AuthorsPageProps {
  readonly page: PageContext;
}

export function AuthorsPage({ page }: AuthorsPageProps) {
  const { catalogue, words } = page;
  const authors = [...catalogue.authors.values()];
  return (
    <Document
      page={page}
      title={words.authors.title}
      description={words.authors.listDescription(catalogue.manifest.title)}
      path={href.authors()}
    >
      <article class="reading">
        <header class="text-header">
          <h1>{words.authors.title}</h1>
        </header>
        <div class="body">
          <ul class={authors.some(({ picture }) => picture) ? "author-list with-portraits" : "author-list"}>
            {authors.map((author) => (
              <Row page={page} author={author} />
            ))}
          </ul>
        </div>
      </article>
    </Document>
  );
}

function Row({ page, author }: AuthorsPageProps & { readonly author: Profile }) {
  const { id, name, biography, picture } = author;
  const chapters = writtenBy(page.catalogue, author).flatMap(({ entries }) => entries);
  return (
    <li>
      {picture && <Portrait picture={picture} alt="" />}
      <h2 dir="auto">
        <a href={href.author(id)}>{name}</a>
      </h2>
      {biography && <p dir="auto">{biography.text}</p>}
      <p class="entry-state">{page.words.authors.chapters(chapters.length)}</p>
    </li>
  );
}
