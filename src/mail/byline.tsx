/** Renders the authors of a chapter in an email. */
import { Link, OwnWords, Quiet } from "./elements.tsx";
import type { MailFrame } from "./message.ts";

export interface MailAuthor {
  readonly name: string;
  /** The author's page. */
  readonly url?: string | undefined;
}

interface BylineProps {
  readonly frame: MailFrame;
  readonly authors: readonly MailAuthor[] | undefined;
  readonly cloth: string | undefined;
  /** Language of the surrounding text, if it is not the library's. */
  readonly around?: string | undefined;
}

export function Byline({ frame: { words }, authors, cloth, around }: BylineProps) {
  if (authors === undefined) return null;
  const names = authors.map(({ name, url }) =>
    url === undefined ? (
      <span dir="auto">{name}</span>
    ) : (
      <Link href={url} cloth={cloth} dir="auto">
        {name}
      </Link>
    ),
  );
  return (
    <Quiet>
      <OwnWords own={words.language} around={around}>
        {words.authors.by(names)}
      </OwnWords>
    </Quiet>
  );
}

/** No line, or one. */
export const bylineText = ({ words }: MailFrame, authors: readonly MailAuthor[] | undefined): string[] =>
  authors === undefined ? [] : [words.authors.by(authors.map(({ name }) => name)).join("")];
