/** Renders the frame that all emails share: preheader, the library's name, body and footer. */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { directionOf, interfaceWordsInMail, textWordsInMail } from "../library/language.ts";
import { clothOf } from "../library/mail-look.ts";
import { style, styleSheets } from "./mail-style.ts";
import { headerText, type MailContent, type MailFrame } from "./message.ts";
import { paragraphs, wrapText } from "./plain-text.ts";

export interface MailParts {
  readonly subject: string;
  /** Shown by email clients beside the subject, and nowhere else. */
  readonly preheader: string;
  /** Elements, or HTML in `raw()`. A bare string is text and is escaped. */
  readonly body: Child;
  /** The same in plain text; our own wording is already wrapped. */
  readonly text: string;
  /** Why the recipient gets the email: a sentence in the footer. */
  readonly why?: string;
  /** Rules for dark mode, without a media query around them. */
  readonly darkCss?: string;
  /** The book's cloth; if unset, the library's. */
  readonly cloth?: string | undefined;
}

export function renderMail(frame: MailFrame, parts: MailParts): MailContent {
  const subject = headerText(parts.subject);
  const why = parts.why ?? frame.words.emails.foot.why(frame.library);
  return {
    subject,
    html: String(<MailDocument frame={frame} parts={parts} subject={subject} why={why} />),
    text: `${paragraphs(parts.text.trim(), "* * *", wrapText(footText(frame, why)))}\n`,
  };
}

interface DocumentProps {
  readonly frame: MailFrame;
  readonly parts: MailParts;
  readonly subject: string;
  readonly why: string;
}

function MailDocument({ frame, parts, subject, why }: DocumentProps) {
  const direction = directionOf(frame.language);
  const own = interfaceWordsInMail(frame.words.language, frame.language);
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={frame.language} dir={direction}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="supported-color-schemes" content="light dark" />
          <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
          <title>{subject}</title>
          {styleSheets(parts.darkCss).map(({ css, media }) => (
            <style media={media}>{raw(css)}</style>
          ))}
        </head>
        <body class="ml-paper" lang={frame.language} dir={direction} style={style.page}>
          <div style={style.preheader}>{headerText(parts.preheader)}</div>
          <Layout width="100%" class="ml-paper" style={style.ground}>
            <td align="center">
              {/* Outlook for Windows does not support max-width. */}
              {raw('<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->')}
              <Layout style={style.column}>
                <td class="ml-column" style={style.inner} dir={direction}>
                  <Layout width="100%">
                    <td class="ml-rule" style={style.mastheadCell}>
                      <Masthead frame={frame} cloth={parts.cloth} />
                    </td>
                  </Layout>
                  <Layout width="100%">
                    <td class="ml-ink" style={style.body} {...own}>
                      {parts.body}
                    </td>
                  </Layout>
                  <Layout width="100%">
                    <td class="ml-rule ml-soft" style={style.footer} {...own}>
                      <Foot frame={frame} why={why} />
                    </td>
                  </Layout>
                </td>
              </Layout>
              {raw("<!--[if mso]></td></tr></table><![endif]-->")}
            </td>
          </Layout>
        </body>
      </html>
    </>
  );
}

/** A layout table with one row. */
const Layout = ({ children, ...rest }: { children?: Child; width?: string; class?: string; style?: string }) => (
  <table role="presentation" cellpadding="0" cellspacing="0" border={0} {...rest}>
    <tbody>
      <tr>{children}</tr>
    </tbody>
  </table>
);

/** The library's mark, drawn with table cells, because many email clients block images. */
const Masthead = ({ frame, cloth }: { readonly frame: MailFrame; readonly cloth: string | undefined }) => (
  <Layout>
    {[17, 17, 13].map((height) => (
      <td valign="bottom" style="padding:0 2px 3px 0;">
        <div
          class={clothOf(cloth).ground}
          style={`width:5px;background-color:${clothOf(cloth).colour};font-size:1px;line-height:${height}px;`}
        >
          &nbsp;
        </div>
      </td>
    ))}
    <td style="padding:0 8px;">
      <a class="ml-ink" href={frame.origin} style={style.masthead}>
        {frame.library}
      </a>
    </td>
  </Layout>
);

function Foot({ frame, why }: { readonly frame: MailFrame; readonly why: string }) {
  const links = footLinks(frame);
  return (
    <>
      <p class="ml-soft" style={style.footerParagraph}>
        {why}
      </p>
      {frame.archiveUrl !== undefined && (
        <p class="ml-soft" style={style.footerParagraph}>
          <a class="ml-soft" href={frame.archiveUrl} style={style.footerLink}>
            {frame.words.emails.foot.archive}
          </a>
        </p>
      )}
      {links.length > 0 && (
        <p class="ml-soft" style={style.footerParagraph}>
          {links.map(({ label, url }, index) => (
            <>
              {index > 0 && raw(" &nbsp;·&nbsp; ")}
              <a class="ml-soft" href={url} style={style.footerLink}>
                {label}
              </a>
            </>
          ))}
          <br />
          {frame.words.emails.foot.personal}
        </p>
      )}
      <p class="ml-soft" style={style.footerParagraph} {...textWordsInMail({}, frame.words.language, frame.language)}>
        {frame.words.emails.foot.library(frame.library, frame.tagline)}
        {frame.postalAddress !== undefined && (
          <>
            <br />
            <span dir="auto">{frame.postalAddress}</span>
          </>
        )}
      </p>
    </>
  );
}

const footLinks = ({ words, preferencesUrl, unsubscribeUrl }: MailFrame): { label: string; url: string }[] => [
  ...(preferencesUrl === undefined ? [] : [{ label: words.emails.foot.preferences, url: preferencesUrl }]),
  ...(unsubscribeUrl === undefined ? [] : [{ label: words.emails.foot.unsubscribe, url: unsubscribeUrl }]),
];

/** URLs have lines of their own: a placeholder's length says nothing about that of the URL. */
function footText(frame: MailFrame, why: string): string {
  const { emails } = frame.words;
  const links = footLinks(frame);
  return paragraphs(
    why,
    frame.archiveUrl !== undefined && emails.buttonAsText(emails.foot.archive, frame.archiveUrl),
    ...links.map(({ label, url }) => emails.buttonAsText(label, url)),
    links.length > 0 && emails.foot.personal,
    [emails.foot.library(frame.library, frame.tagline), frame.postalAddress].filter(Boolean).join("\n"),
  );
}
