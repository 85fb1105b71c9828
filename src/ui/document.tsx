/** Renders the frame of every page: head, masthead, main, colophon. */
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { hasAuthorList } from "../library/authors.ts";
import { directionOf } from "../library/language.ts";
import { licenceName } from "../library/licence.ts";
import type { Book } from "../library/manifest.ts";
import { reservedIds } from "../library/page-ids.ts";
import { shareImageSize } from "../library/share-image.ts";
import { href } from "../routes.ts";
import { Masthead } from "./masthead.tsx";
import type { PageContext } from "./page-context.ts";
import type { Words } from "./words/words.ts";

export interface DocumentProps {
  readonly page: PageContext;
  /** Title in the browser tab, before the library's name. Unset on the home page. */
  readonly title?: string | undefined;
  readonly description: string;
  /** Path of the page; unset for pages that must not be indexed, such as errors. */
  readonly path?: string | undefined;
  readonly hasMaths?: boolean;
  /** Style sheets that only some pages need. */
  readonly styles?: readonly string[];
  /** Scripts of `browser/pages/` that this page needs. */
  readonly scripts?: readonly string[];
  /** Scripts that hydrate the page's interactive figures. */
  readonly figureScripts?: readonly string[];
  /** Replaces the library's masthead, on pages that are not for readers. */
  readonly masthead?: Child;
  readonly colophon?: Child;
  /** The book whose cloth colours the page. */
  readonly book?: Pick<Book, "slug" | "shortTitle" | "language" | "cloth" | "license"> | undefined;
  /** Number of the chapter in that book. A chapter needs no styles of other pages. */
  readonly chapter?: number | undefined;
  /** The text's permanent identity and its reading time, for what the reader's browser keeps about it. */
  readonly text?: { readonly id: string; readonly minutes: number } | undefined;
  /** The page has a `<continue-reading>`, which is filled in before the first paint. */
  readonly hasContinue?: boolean;
  /** The image beside links to the page, if it has its own. */
  readonly image?: { readonly path: string; readonly alt: string } | undefined;
  /** More elements of the head. */
  readonly head?: Child;
  /** URL of the Markdown version, for `<link rel="alternate">`. */
  readonly markdown?: string | undefined;
  readonly children: Child;
}

export function Document(props: DocumentProps) {
  const { book, path } = props;
  const { catalogue, words } = props.page;
  const { manifest } = catalogue;
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={manifest.language} dir={directionOf(manifest.language)} data-cloth={book?.cloth}>
        <Head {...props} />
        <body
          {...wordsOfScripts(words)}
          data-id={props.text?.id}
          data-minutes={props.text?.minutes}
          data-figures={figuresOf(props)}
        >
          <a class="skip" href={`#${reservedIds.main}`}>
            {words.frame.skip}
          </a>
          {props.masthead ?? (
            <Masthead page={props.page} path={path} place={book && { book, chapter: props.chapter }} />
          )}
          <main id={reservedIds.main} tabindex={-1}>
            {props.children}
          </main>
          {props.colophon ? (
            <footer class="colophon">{props.colophon}</footer>
          ) : (
            <Colophon page={props.page} book={book} />
          )}
        </body>
      </html>
    </>
  );
}

function Head(props: DocumentProps) {
  const { book, path } = props;
  const { catalogue, origin } = props.page;
  const { manifest } = catalogue;
  const { assets } = manifest;
  const title = props.title ? `${props.title} · ${manifest.title}` : `${manifest.title}: ${manifest.tagline}`;
  const preload = [...assets.fonts, ...(props.hasMaths ? assets.mathsFonts : [])];
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <meta name="description" content={props.description} />
      <script src={href.asset(props.hasContinue ? assets.continueScript : assets.headScript)}></script>
      <link rel="stylesheet" href={href.asset(assets.style)} />
      {props.hasMaths && <link rel="stylesheet" href={href.asset(assets.mathsStyle)} />}
      {props.chapter === undefined && <link rel="stylesheet" href={href.asset(assets.pagesStyle)} />}
      {props.styles?.map((file) => (
        <link rel="stylesheet" href={href.asset(file)} />
      ))}
      {preload.map((file) => (
        <link rel="preload" href={href.asset(file)} as="font" type="font/woff2" crossorigin="" />
      ))}
      <link rel="icon" href={href.asset(assets.icon)} type="image/svg+xml" />
      {/* Feed readers offer the first feed first. */}
      {book && (
        <link
          rel="alternate"
          type="application/atom+xml"
          title={`${manifest.title}: ${book.shortTitle}`}
          href={href.feed(book.slug)}
        />
      )}
      <link rel="alternate" type="application/atom+xml" title={manifest.title} href={href.feed()} />
      {/* Not on chapters, which every byte of the head delays. */}
      {props.chapter === undefined && (
        <link rel="alternate" type="application/feed+json" title={manifest.title} href={href.jsonFeed(book?.slug)} />
      )}
      {props.chapter === undefined && (
        <link
          rel="search"
          type="application/opensearchdescription+xml"
          title={manifest.title}
          href={href.openSearch()}
        />
      )}
      {props.markdown && <link rel="alternate" type="text/markdown" href={props.markdown} />}
      {path !== undefined ? <link rel="canonical" href={origin + path} /> : <meta name="robots" content="noindex" />}
      {path !== undefined && <LinkImage page={props.page} image={props.image} />}
      {props.head}
      <script src={href.asset(assets.pageScript)} defer></script>
      {props.scripts
        ?.flatMap((name) => assets.pageScripts[name] ?? [])
        .map((file) => (
          <script src={href.asset(file)} defer></script>
        ))}
      {catalogue.includesUnpublished && <script src={href.asset(assets.liveScript)} defer></script>}
    </head>
  );
}

/** The image beside links to the page (https://ogp.me): its own, or the library's. */
function LinkImage({ page: { catalogue, origin, words }, image }: Pick<DocumentProps, "page" | "image">) {
  const { title, tagline, shareImage } = catalogue.manifest;
  const path = image ? image.path : shareImage && href.shareImage(shareImage);
  // None in older releases.
  if (path === undefined) return <></>;
  return (
    <>
      <meta property="og:image" content={origin + path} />
      <meta property="og:image:width" content={String(shareImageSize.width)} />
      <meta property="og:image:height" content={String(shareImageSize.height)} />
      <meta property="og:image:alt" content={image?.alt ?? words.frame.shareImage(title, tagline)} />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}

/** Loaded by `browser/load-figures.ts`. */
const figuresOf = ({ figureScripts = [] }: DocumentProps): string | undefined =>
  figureScripts.length === 0 ? undefined : figureScripts.map(href.asset).join(" ");

/** Wording that `browser/page.ts` reads. */
const wordsOfScripts = ({ frame }: Words) => ({
  "data-copy": frame.copy,
  "data-copied": frame.copied,
  "data-copy-yourself": frame.copyYourself,
  "data-equation": frame.equation,
  "data-way-back": frame.wayBack,
});

const Colophon = ({ page: { catalogue, words }, book }: Pick<DocumentProps, "page" | "book">) => (
  <footer class="colophon">
    <p>
      {catalogue.manifest.title}. {catalogue.manifest.tagline}
    </p>
    <p>
      <a href={href.about()}>{words.frame.about}</a> <a href={href.ownReading()}>{words.yourReading.title}</a>{" "}
      {hasAuthorList(catalogue) && (
        <>
          <a href={href.authors()}>{words.authors.title}</a>{" "}
        </>
      )}
      <a href={href.feed()}>{words.frame.atomFeed}</a>
      <Licence url={book?.license ?? catalogue.manifest.license} words={words} />
    </p>
    <p class="colophon-note">
      {words.frame.colophon((tracking) => (
        <a href={href.counting()}>{tracking}</a>
      ))}
    </p>
  </footer>
);

const Licence = ({ url, words }: { readonly url: string | undefined; readonly words: Words }) =>
  url === undefined ? null : (
    <>
      {" "}
      <a href={url} rel="license">
        {licenceName(url) ?? words.frame.licence}
      </a>
    </>
  );
