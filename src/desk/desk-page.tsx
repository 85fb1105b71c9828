/** Renders the frame of every desk page: the library's document with the desk's navigation and stylesheet. */
import type { Child } from "hono/jsx";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { ThemeSwitch } from "../ui/theme-switch.tsx";
import type { DeskEnv } from "./desk-env.ts";

/** Navigation, in order. */
const sections = [
  ["overview", href.desk()],
  ["reading", href.deskReading()],
  ["subscribers", href.deskSubscribers()],
  ["editions", href.deskEditions()],
  ["feedback", href.deskFeedback()],
  ["messages", href.deskMessages()],
  ["calendar", href.deskCalendar()],
] as const;

type DeskSection = (typeof sections)[number][0];

export interface DeskPageProps {
  /** `context.var` of a handler. */
  readonly page: PageContext & Pick<DeskEnv["Variables"], "author" | "formToken">;
  readonly title: string;
  /** Section that the navigation marks as current. */
  readonly section?: DeskSection | undefined;
  /** Whether the page is below its section: `aria-current` is then `true`, not `page`. */
  readonly isBelow?: boolean;
  /** Shown under the title. */
  readonly lead?: Child;
  readonly children?: Child;
}

export const DeskPage = ({ page, title, section, isBelow = false, lead, children }: DeskPageProps) => (
  <Document
    page={page}
    title={page.words.desk.frame.title(title)}
    description={title}
    styles={[page.catalogue.manifest.assets.deskStyle]}
    scripts={["desk"]}
    masthead={<Masthead page={page} section={section} isBelow={isBelow} />}
    colophon={
      <p>
        {page.words.desk.frame.signedIn(page.author.name, (text) => (
          <a href={href.home()}>{text}</a>
        ))}
      </p>
    }
  >
    <div class="desk">
      <header class="desk-header">
        <h1>{title}</h1>
        {lead !== undefined && <p class="desk-lead">{lead}</p>}
      </header>
      {children}
    </div>
  </Document>
);

function Masthead({ page, section, isBelow }: Pick<DeskPageProps, "page" | "section" | "isBelow">) {
  const { frame, desk } = page.words;
  return (
    <header class="masthead desk-masthead">
      <a class="mark" href={href.home()}>
        {page.catalogue.manifest.title}
      </a>{" "}
      <span class="desk-author">{page.author.name}</span> <ThemeSwitch words={frame} />
      <nav aria-label={desk.frame.navigation}>
        {sections.map(([name, path]) => (
          <>
            <a href={path} aria-current={name === section ? (isBelow ? "true" : "page") : undefined}>
              {desk.frame.sections[name]}
            </a>{" "}
          </>
        ))}
      </nav>
    </header>
  );
}
