/** Several new chapters in one mail: of a week, of a month, or just of one morning. */
import { leftToRightMark, textWordsInMail } from "../library/language.ts";
import { Button, EntryHeading, Heading, Kicker, Link, OwnWords, Paragraph, Quiet } from "./elements.tsx";
import { renderMail } from "./layout.tsx";
import { style } from "./mail-style.ts";
import type { MailContent, MailFrame } from "./message.ts";
import { listed, paragraphs, wrapText } from "./plain-text.ts";

export interface DigestChapter {
  readonly title: string;
  /** The book's title. */
  readonly book: string;
  readonly excerpt: string;
  readonly url: string;
  readonly minutes: number;
  /** The book's cloth. */
  readonly cloth?: string | undefined;
  /** Of its words, where it is not the library's. */
  readonly language?: string | undefined;
}

export type DigestPeriod = "week" | "month" | "several";

const headings: Readonly<Record<DigestPeriod, string>> = {
  week: "New this week",
  month: "New this month",
  several: "New in the library",
};

export function digest({
  frame,
  period,
  chapters,
}: {
  readonly frame: MailFrame;
  readonly period: DigestPeriod;
  /** In the order of the mail. */
  readonly chapters: readonly DigestChapter[];
}): MailContent {
  const heading = headings[period];
  const minutes = chapters.reduce((sum, chapter) => sum + chapter.minutes, 0);
  const count = `${chapters.length} ${chapters.length === 1 ? "chapter" : "chapters"}, ${minutesToRead(minutes)}.`;
  return renderMail(frame, {
    subject: digestSubject(chapters.map(({ title }) => title)) || `${heading}: ${frame.library}`,
    preheader: chapters[0]?.excerpt ?? count,
    body: (
      <>
        <Heading>{heading}</Heading>
        <Quiet>{count}</Quiet>
        {chapters.map((chapter) => (
          <Entry chapter={chapter} frame={frame} />
        ))}
        <Button href={frame.origin}>Open the library</Button>
      </>
    ),
    text: paragraphs(
      wrapText(paragraphs(heading, count)),
      ...chapters.map(({ title, book, excerpt, url, minutes: length }) =>
        wrapText(`${title}\n${book}, ${leftToRightMark(book)}${minutesToRead(length)}\n${excerpt}\n${url}`),
      ),
      `Open the library:\n${frame.origin}`,
    ),
  });
}

function Entry({ chapter, frame }: { readonly chapter: DigestChapter; readonly frame: MailFrame }) {
  const words = textWordsInMail(chapter, frame.words.language, frame.language);
  return (
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
      <tbody>
        <tr>
          <td class="ml-rule" style={style.entry} {...words}>
            <Kicker>
              {chapter.book},{" "}
              <OwnWords own={frame.words.language} around={words.lang}>
                {minutesToRead(chapter.minutes)}
              </OwnWords>
            </Kicker>
            <EntryHeading>
              <Link href={chapter.url} cloth={chapter.cloth} dir={words.dir ?? "auto"}>
                {chapter.title}
              </Link>
            </EntryHeading>
            <Paragraph>{chapter.excerpt}</Paragraph>
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** Titles without what follows their colon: a subject is a line in a list. */
export function digestSubject(titles: readonly string[]): string {
  if (titles.length === 1) return titles[0] ?? "";
  const short = titles.map((title) => title.split(": ")[0] ?? title);
  return short.length < 3 ? listed(short) : `${short[0]}, ${short[1]} and ${short.length - 2} more`;
}

/** `1 minute to read`, `4 minutes to read`. */
export const minutesToRead = (minutes: number): string => `${minutes} ${minutes === 1 ? "minute" : "minutes"} to read`;
