/** A new chapter, whole: text, formulas and drawings, to be read where the mail is. */
import { raw } from "hono/html";
import { textWordsInMail } from "../library/language.ts";
import { originMark } from "../library/objects.ts";
import { type DigestChapter, minutesToRead } from "./digest.tsx";
import { Button, Heading, Kicker, Link, Quiet, Standfirst } from "./elements.tsx";
import { renderMail } from "./layout.tsx";
import { style } from "./mail-style.ts";
import type { MailContent, MailFrame } from "./message.ts";
import { paragraphs, wrapText } from "./plain-text.ts";

export interface ChapterBody {
  /** Styles are on the elements; paths begin with `originMark`, as in the text. */
  readonly html: string;
  readonly text: string;
  /** Rules for the dark, without a media query around them. */
  readonly darkCss: string;
  /** Whether the end was left out: Gmail shows 102 KB of a mail. */
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
  const onSite = "Read it on the site";
  const words = textWordsInMail({ language }, frame.words.language, frame.language);
  const whole = raw(withOrigin(body.html, frame));
  return renderMail(frame, {
    subject: title,
    preheader: excerpt,
    cloth,
    darkCss: body.darkCss,
    body: (
      <>
        <div {...words}>
          <Kicker>{book}</Kicker>
          <Heading>{words.dir ? title : <span dir="auto">{title}</span>}</Heading>
          <Standfirst>{excerpt}</Standfirst>
        </div>
        <Quiet>
          {minutesToRead(minutes)}.{" "}
          <Link href={url} cloth={cloth}>
            {onSite}
          </Link>
        </Quiet>
        {/* The body names its language only where that is not the library's. */}
        {words.lang === undefined || language !== undefined ? whole : <div {...words}>{whole}</div>}
        {body.cut && <Rest url={url} cloth={cloth} />}
        {previous && <Previous previous={previous} cloth={cloth} />}
      </>
    ),
    text: paragraphs(
      wrapText(`${book}\n${title}\n${excerpt}`),
      `${minutesToRead(minutes)}. ${onSite}:\n${url}`,
      withOrigin(body.text, frame).trim(),
      body.cut && `${wrapText(rest)}\n${url}`,
      previous && `${wrapText(`Previous chapter: ${previous.title}`)}\n${previous.url}`,
    ),
  });
}

const rest = "This chapter is too long for one email. Read the rest on the site.";

const Rest = ({ url, cloth }: { readonly url: string; readonly cloth: string | undefined }) => (
  <>
    <Quiet>{rest}</Quiet>
    <Button href={url} cloth={cloth}>
      Continue reading
    </Button>
  </>
);

const Previous = ({ previous, cloth }: { readonly previous: PreviousChapter; readonly cloth: string | undefined }) => (
  <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0} style="margin:28px 0 0 0;">
    <tbody>
      <tr>
        <td class="ml-rule" style={style.after}>
          <Quiet>
            Previous chapter:{" "}
            <Link href={previous.url} cloth={cloth} dir="auto">
              {previous.title}
            </Link>
          </Quiet>
        </td>
      </tr>
    </tbody>
  </table>
);

const withOrigin = (text: string, { origin }: MailFrame): string => text.split(originMark).join(origin);
