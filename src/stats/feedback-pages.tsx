/** What a reader sees when an answer to "Was this clear?" could not be taken. */
import type { Catalogue } from "../library/catalogue.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";

const texts = {
  elsewhere: ["Not from here", "This answer was sent from another site, so nothing was done with it."],
  incomplete: [
    "Yes or no?",
    "The answer came without a yes or a no, or the chapter is not there any more. Please go back and press one of the two buttons.",
  ],
  "too-large": ["Too large", "What was sent is larger than the form, so nothing was done with it."],
  "too-many": [
    "Too many answers",
    "In the last 24 hours, more answers came than we take, from your network or in all. Please try again later.",
  ],
} as const;

interface Props {
  readonly catalogue: Catalogue;
  readonly origin: string;
  readonly reason: keyof typeof texts;
}

export function FeedbackRefusedPage({ catalogue, origin, reason }: Props) {
  const [title, words] = texts[reason];
  return (
    <Document catalogue={catalogue} origin={origin} title={title} description={title}>
      <article class="reading">
        <header class="text-header">
          <h1>{title}</h1>
        </header>
        <div class="body">
          <p>{words}</p>
          <p>
            <a href={href.home()}>To the library</a>
          </p>
        </div>
      </article>
    </Document>
  );
}
