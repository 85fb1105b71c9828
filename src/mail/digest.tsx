/** Composes one email with several new chapters: a digest, or chapters that appeared together. */
import { leftToRightMark, textWordsInMail } from "../library/language.ts";
import type { Words } from "../ui/words/words.ts";
import { Byline, bylineText, type MailAuthor } from "./byline.tsx";
import { Button, EntryHeading, Heading, Kicker, Link, OwnWords, Paragraph, Quiet } from "./elements.tsx";
import { renderMail } from "./layout.tsx";
import { style } from "./mail-style.ts";
import type { MailContent, MailFrame } from "./message.ts";
import { paragraphs, wrapText } from "./plain-text.ts";

export interface DigestChapter {
  readonly title: string;
  /** The book's title. */
  readonly book: string;
  readonly excerpt: string;
  readonly url: string;
  readonly minutes: number;
  /** The book's cloth. */
  readonly cloth?: string | undefined;
  /** Absent in a library without authors.yaml; `url` is the page of the author. */
  readonly authors?: readonly MailAuthor[] | undefined;
  /** Of the chapter's text, if it is not the library's. */
  readonly language?: string | undefined;
}

export type DigestPeriod = keyof Words["emails"]["digest"]["headings"];

export function digest({
  frame,
  period,
  chapters,
}: {
  readonly frame: MailFrame;
  readonly period: DigestPeriod;
  /** In the order of the email. */
  readonly chapters: readonly DigestChapter[];
}): MailContent {
  const { emails } = frame.words;
  const heading = emails.digest.headings[period];
  const minutes = chapters.reduce((sum, chapter) => sum + chapter.minutes, 0);
  const count = emails.digest.count(chapters.length, minutes);
  return renderMail(frame, {
    subject:
      digestSubject(
        chapters.map(({ title }) => title),
        frame.words,
      ) || emails.digest.none(heading, frame.library),
    preheader: chapters[0]?.excerpt ?? count,
    body: (
      <>
        <Heading>{heading}</Heading>
        <Quiet>{count}</Quiet>
        {chapters.map((chapter) => (
          <Entry chapter={chapter} frame={frame} />
        ))}
        <Button href={frame.origin}>{emails.openLibrary}</Button>
      </>
    ),
    text: paragraphs(
      wrapText(paragraphs(heading, count)),
      ...chapters.map(({ title, book, authors, excerpt, url, minutes: length }) => {
        const time = leftToRightMark(book) + emails.minutesToRead(length);
        const lines = [title, ...bylineText(frame, authors), emails.digest.bookAndTime(book, time).join(""), excerpt];
        return wrapText([...lines, url].join("\n"));
      }),
      emails.buttonAsText(emails.openLibrary, frame.origin),
    ),
  });
}

function Entry({ chapter, frame }: { readonly chapter: DigestChapter; readonly frame: MailFrame }) {
  const words = textWordsInMail(chapter, frame.words.language, frame.language);
  const { emails } = frame.words;
  return (
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
      <tbody>
        <tr>
          <td class="ml-rule" style={style.entry} {...words}>
            <Kicker>
              {emails.digest.bookAndTime(
                chapter.book,
                <OwnWords own={frame.words.language} around={words.lang}>
                  {emails.minutesToRead(chapter.minutes)}
                </OwnWords>,
              )}
            </Kicker>
            <EntryHeading>
              <Link href={chapter.url} cloth={chapter.cloth} dir={words.dir ?? "auto"}>
                {chapter.title}
              </Link>
            </EntryHeading>
            <Byline frame={frame} authors={chapter.authors} cloth={chapter.cloth} around={words.lang} />
            <Paragraph>{chapter.excerpt}</Paragraph>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** Several titles are cut at their colons, because an inbox shows one line. */
export function digestSubject(titles: readonly string[], { emails }: Words): string {
  const [first = "", second, ...others] =
    titles.length === 1 ? titles : titles.map((title) => title.split(": ")[0] ?? title);
  if (second === undefined) return first;
  return others.length === 0 ? emails.digest.two(first, second) : emails.digest.more(first, second, others.length);
}
