/** What a reader sees when an answer to "Was this clear?" could not be taken. */
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";

const texts = {
  elsewhere: ["Request blocked", "This answer was submitted from another site, so it was not saved."],
  incomplete: [
    "Yes or no?",
    "The answer did not say yes or no, or the chapter no longer exists. Please go back and choose one of the two buttons.",
  ],
  "too-large": ["Too large", "The answer is too long, so it was not saved."],
  "too-many": [
    "Limit reached",
    "The limit for answers in 24 hours has been reached, for your network or overall. Please try again later.",
  ],
} as const;

interface Props {
  readonly page: PageContext;
  readonly reason: keyof typeof texts;
}

export function FeedbackRefusedPage({ page, reason }: Props) {
  const [title, words] = texts[reason];
  return (
    <Document page={page} title={title} description={title}>
      <article class="reading">
        <header class="text-header">
          <h1>{title}</h1>
        </header>
        <div class="body">
          <p>{words}</p>
          <p>
            <a href={href.home()}>Back to the library</a>
          </p>
        </div>
      </article>
    </Document>
  );
}
