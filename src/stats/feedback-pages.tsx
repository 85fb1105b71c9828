/** Renders the error page for an answer to "Was this clear?" that was rejected. */
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";

interface Props {
  readonly page: PageContext;
  readonly reason: "elsewhere" | "incomplete" | "tooLarge" | "tooMany";
}

export function FeedbackRefusedPage({ page, reason }: Props) {
  const { title, text } = page.words.feedback[reason];
  return (
    <Document page={page} title={title} description={title}>
      <article class="reading">
        <header class="text-header">
          <h1>{title}</h1>
        </header>
        <div class="body">
          <p>{text}</p>
          <p>
            <a href={href.home()}>{page.words.frame.backToLibrary}</a>
          </p>
        </div>
      </article>
    </Document>
  );
}
