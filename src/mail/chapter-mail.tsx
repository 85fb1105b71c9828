/** Composes the email of a new chapter in full: text, formulas and figures. */
import { raw } from "hono/html";
import { leftToRightMark, textWordsInMail } from "../library/language.ts";
import { originMark } from "../library/objects.ts";
import { Byline, bylineText } from "./byline.tsx";
import type { DigestChapter } from "./digest.tsx";
import { Button, Heading, Kicker, Link, Quiet, Standfirst } from "./elements.tsx";
import { renderMail } from "./layout.tsx";
import { style } from "./mail-style.ts";
import type { MailContent, MailFrame } from "./message.ts";
import { paragraphs, wrapText } from "./plain-text.ts";

export interface ChapterBody {
  /** Styles are inline; paths begin with `originMark`, as in the text. */
  readonly html: string;
  readonly text: string;
  /** Rules for dark mode, without a media query around them. */
  readonly darkCss: string;
  /** Whether the end was cut: Gmail shows 102 KB of an email. */
  readonly cut: boolean;
}

interface PreviousChapter {
  readonly title: string;
  readonly url: string;
}

export function chapterMail({
  frame,
  title,
  book,
  excerpt,
  authors,
  url,
  minutes,
  cloth,
  language,
  previous,
  body,
}: DigestChapter & {
  readonly frame: MailFrame;
  /** The chapter before this one in the book. */
  readonly previous?: PreviousChapter | undefined;
  readonly body: ChapterBody;
}): MailContent {
  const { emails } = frame.words;
  const words = textWordsInMail({ language }, frame.words.language, frame.language);
  const whole = raw(withOrigin(body.html, frame));
  return renderMail(frame, {
    subject: title,
    // Not the standfirst: a client without styles would show it twice in a row.
    preheader: emails.digest.bookAndTime(book, leftToRightMark(book) + emails.minutesToRead(minutes)).join(""),
    cloth,
    darkCss: body.darkCss,
    body: (
      <>
        <div {...words}>
          <Kicker>{book}</Kicker>
          <Heading>{words.dir ? title : <span dir="auto">{title}</span>}</Heading>
          <Standfirst>{excerpt}</Standfirst>
        </div>
        <Byline frame={frame} authors={authors} cloth={cloth} />
        <Quiet>
          {emails.chapter.lead(minutes, (onSite) => (
            <Link href={url} cloth={cloth}>
              {onSite}
            </Link>
          ))}
        </Quiet>
        {/* The body sets `lang` only if its language is not the library's. */}
        {words.lang === undefined || language !== undefined ? whole : <div {...words}>{whole}</div>}
        {body.cut && <Rest frame={frame} url={url} cloth={cloth} />}
        {previous && <Previous frame={frame} previous={previous} cloth={cloth} />}
      </>
    ),
    text: paragraphs(
      wrapText([book, title, excerpt, ...bylineText(frame, authors)].join("\n")),
      emails.chapter.lead(minutes, (onSite) => emails.buttonAsText(onSite, url)).join(""),
      withOrigin(body.text, frame).trim(),
      body.cut && `${wrapText(emails.chapter.cut)}\n${url}`,
      previous && `${wrapText(emails.chapter.previous(previous.title).join(""))}\n${previous.url}`,
    ),
  });
}

interface InFrame {
  readonly frame: MailFrame;
  readonly cloth: string | undefined;
}

const Rest = ({ frame: { words }, url, cloth }: InFrame & { readonly url: string }) => (
  <>
    <Quiet>{words.emails.chapter.cut}</Quiet>
    <Button href={url} cloth={cloth}>
      {words.emails.chapter.continue}
    </Button>
  </>
);

const Previous = ({ frame: { words }, previous, cloth }: InFrame & { readonly previous: PreviousChapter }) => (
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} style="margin:28px 0 0 0;">
    <tbody>
      <tr>
        <td class="ml-rule" style={style.after}>
          <Quiet>
            {words.emails.chapter.previous(
              <Link href={previous.url} cloth={cloth} dir="auto">
                {previous.title}
              </Link>,
            )}
          </Quiet>
        </td>
      </tr>
    </tbody>
  </table>
);

const withOrigin = (text: string, { origin }: MailFrame): string => text.split(originMark).join(origin);
