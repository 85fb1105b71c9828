/** Renders the page "Your reading", which its script fills: only the reader's browser has what it shows. */
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";

export function YourReadingPage({ page }: { readonly page: PageContext }) {
  const words = page.words.yourReading;
  return (
    <Document
      page={page}
      title={words.title}
      description={words.description}
      path={href.ownReading()}
      styles={[page.catalogue.manifest.assets.companionsStyle]}
      scripts={["your-reading"]}
    >
      <div class="your-reading">
        <h1>{words.title}</h1>
        <p>
          {words.lead} <a href={href.recall()}>{page.words.recall.title}</a>
        </p>
        <noscript>
          <p>{words.needsScript}</p>
        </noscript>
      </div>
    </Document>
  );
}
