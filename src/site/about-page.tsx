/** What this library is, in the words of content/library.md. */
import { raw } from "hono/html";
import { type Catalogue, withholdLinks } from "../library/catalogue.ts";
import type { FrontObject } from "../library/objects.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";

interface AboutProps {
  readonly catalogue: Catalogue;
  readonly origin: string;
  readonly front: FrontObject;
}

export const AboutPage = ({ catalogue, origin, front }: AboutProps) => (
  <Document
    catalogue={catalogue}
    origin={origin}
    title="About"
    description={catalogue.manifest.tagline}
    path={href.about()}
    hasMaths={front.about.includes('class="katex"')}
  >
    <article class="reading">
      <header class="text-header">
        <h1>About</h1>
      </header>
      <div class="body">{raw(withholdLinks(catalogue, front.about))}</div>
    </article>
  </Document>
);
