/** Composes one email with corrections of chapters that the subscriber has received. */
import { textWordsInMail } from "../library/language.ts";
import type { DigestChapter } from "./digest.tsx";
import { Button, EntryHeading, Kicker, Link, OwnWords, Paragraph, Quiet } from "./elements.tsx";
import { renderMail } from "./layout.tsx";
import { style } from "./mail-style.ts";
import type { MailContent, MailFrame } from "./message.ts";
import { paragraphs, wrapText } from "./plain-text.ts";

/** `url` leads to what has changed. */
export interface CorrectedChapter extends Pick<DigestChapter, "title" | "book" | "url" | "cloth" | "language"> {
  /** When it was corrected, ISO 8601. */
  readonly at: string;
  /** What was wrong: plain text in the chapter's language. */
  readonly text: string;
}

export function correctionMail({
  frame,
  corrections,
}: {
  readonly frame: MailFrame;
  /** In the order of the email; at least one. */
  readonly corrections: readonly CorrectedChapter[];
}): MailContent {
  const { emails, dates } = frame.words;
  const words = emails.correction;
  const chapters = new Set(corrections.map(({ url }) => url));
  const [first] = corrections;
  const isOne = chapters.size === 1;
  const lead = words.lead(chapters.size);
  return renderMail(frame, {
    subject: isOne && first ? words.subject(first.title) : words.several(chapters.size),
    preheader: first?.text ?? lead,
    why: words.why(frame.library),
    cloth: isOne ? first?.cloth : undefined,
    body: (
      <>
        <Quiet>{lead}</Quiet>
        {corrections.map((correction) => (
          <Entry correction={correction} frame={frame} />
        ))}
        {isOne && first && (
          <Button href={first.url} cloth={first.cloth}>
            {words.read}
          </Button>
        )}
      </>
    ),
    text: paragraphs(
      wrapText(lead),
      ...corrections.map(({ title, book, text, at, url }) =>
        paragraphs(
          wrapText(`${book}\n${title}\n${words.at(dates.day(at))}`),
          `${wrapText(text)}${isOne ? "" : `\n${url}`}`,
        ),
      ),
      isOne && first && emails.buttonAsText(words.read, first.url),
    ),
  });
}

function Entry({ correction, frame }: { readonly correction: CorrectedChapter; readonly frame: MailFrame }) {
  const { emails, dates, language } = frame.words;
  const around = textWordsInMail(correction, language, frame.language);
  return (
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
      <tbody>
        <tr>
          <td class="ml-rule" style={style.entry} {...around}>
            <Kicker>{correction.book}</Kicker>
            <EntryHeading>
              <Link href={correction.url} cloth={correction.cloth} dir={around.dir ?? "auto"}>
                {correction.title}
              </Link>
            </EntryHeading>
            <Quiet>
              <OwnWords own={language} around={around.lang}>
                {emails.correction.at(dates.day(correction.at))}
              </OwnWords>
            </Quiet>
            <Paragraph>{correction.text}</Paragraph>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
