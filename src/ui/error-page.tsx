/** Renders error pages: a status, a title, and what is wrong. */
import type { Child } from "hono/jsx";
import { href } from "../routes.ts";
import { Document } from "./document.tsx";
import type { PageContext } from "./page-context.ts";

interface ErrorFrameProps {
  readonly page: PageContext;
  /** The HTTP status of the response. */
  readonly code: string;
  readonly title: string;
  readonly children: Child;
}

/** Frame of all error pages: status, title, content, and a link to the library. */
export const ErrorFrame = ({ page, code, title, children }: ErrorFrameProps) => (
  <Document page={page} title={title} description={title}>
    <article class="reading error">
      <header class="text-header">
        <p class="kicker">
          <span class="kicker-number">{code}</span>
        </p>
        <h1>{title}</h1>
      </header>
      <div class="body">
        {children}
        <p>
          <a href={href.home()}>{page.words.frame.backToLibrary}</a>
        </p>
      </div>
    </article>
  </Document>
);

interface ErrorPageProps extends ErrorFrameProps {
  readonly code: "403" | "404" | "503";
  readonly children: string;
}

export const ErrorPage = ({ children, ...frame }: ErrorPageProps) => (
  <ErrorFrame {...frame}>
    <p>{children}</p>
  </ErrorFrame>
);

/** The same for every invalid preview link, whatever is wrong with it. */
export const NoPreview = ({ page }: Pick<ErrorPageProps, "page">) => (
  <ErrorPage page={page} code="404" title={page.words.preview.notAvailable}>
    {page.words.preview.invalid}
  </ErrorPage>
);
