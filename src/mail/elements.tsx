/** Renders the elements of emails: paragraphs, headings, links and the button. Each has its styles inline. */
import type { Child } from "hono/jsx";
import { type Direction, interfaceWordsInMail } from "../library/language.ts";
import { clothOf } from "../library/mail-look.ts";
import { style } from "./mail-style.ts";

interface WithChildren {
  readonly children?: Child;
}

export const Heading = ({ children }: WithChildren) => (
  <h1 class="ml-ink" style={style.heading}>
    {children}
  </h1>
);

export const Kicker = ({ children }: WithChildren) => (
  <p class="ml-soft" style={style.kicker}>
    {children}
  </p>
);

export const Paragraph = ({ children }: WithChildren) => (
  <p class="ml-ink" style={style.paragraph}>
    {children}
  </p>
);

interface OwnWordsProps extends WithChildren {
  /** Language of the interface's words. */
  readonly own: string;
  readonly around: string | undefined;
}

/** Marks the interface's words within a text. `around`: the text's language, if it is not the library's. */
export const OwnWords = ({ own, around, children }: OwnWordsProps) => {
  const words = interfaceWordsInMail(own, around);
  return words.lang === undefined ? <>{children}</> : <span {...words}>{children}</span>;
};

/** A chapter's title in a list. */
export const EntryHeading = ({ children }: WithChildren) => (
  <h2 class="ml-ink" style={style.entryHeading}>
    {children}
  </h2>
);

/** The sentence under a title. */
export const Standfirst = ({ children }: WithChildren) => (
  <p class="ml-soft" style={style.standfirst}>
    {children}
  </p>
);

/** Secondary text: smaller, in a softer ink. */
export const Quiet = ({ children }: WithChildren) => (
  <p class="ml-soft" style={style.quiet}>
    {children}
  </p>
);

export const Link = ({
  href,
  cloth,
  dir,
  children,
}: WithChildren & {
  readonly href: string;
  readonly cloth?: string | undefined;
  readonly dir?: "auto" | Direction;
}) => {
  const { colour, link } = clothOf(cloth);
  return (
    <a class={link} href={href} dir={dir} style={`color:${colour};text-decoration:underline;`}>
      {children}
    </a>
  );
};

/**
 * A link in a coloured table cell: it looks like a button without images, too, and in Outlook for Windows, which renders
 * with Word.
 */
export function Button({
  href,
  cloth,
  children,
}: WithChildren & { readonly href: string; readonly cloth?: string | undefined }) {
  const { colour, ground } = clothOf(cloth);
  return (
    <table role="presentation" cellpadding="0" cellspacing="0" border={0} style="margin:8px 0 24px 0;">
      <tbody>
        <tr>
          <td
            class={ground}
            bgcolor={colour}
            style={`background-color:${colour};border-radius:4px;mso-padding-alt:12px 26px;`}
          >
            <a class="ml-on-cloth" href={href} style={style.buttonText}>
              {children}
            </a>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
