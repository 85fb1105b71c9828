/** Renders the About page from content/library.md. */
import { raw } from "hono/html";
import { withholdLinks } from "../library/catalogue.ts";
import type { FrontObject } from "../library/objects.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { AuthorNames } from "./author-names.tsx";

interface AboutProps {
  readonly page: PageContext;
  readonly front: FrontObject;
}

export const AboutPage = ({ page, front }: AboutProps) => (
  <Document
    page={page}
    title={page.words.frame.about}
    description={page.catalogue.manifest.tagline}
    path={href.about()}
    hasMaths={front.about.includes('class="katex"')}
  >
    <article class="reading">
      <header class="text-header">
        <h1>{page.words.frame.about}</h1>
        {page.catalogue.authors.size > 0 && (
          <p class="byline">
            <span class="authors" dir="auto">
              <AuthorNames page={page} of={page.catalogue.manifest} />
            </span>
          </p>
        )}
      </header>
      <div class="body">{raw(withholdLinks(page.catalogue, front.about, page.words.chapter.notPublishedYet))}</div>
    </article>
  </Document>
);
