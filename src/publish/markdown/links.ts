/** Resolves Markdown links: to a chapter by slug, to an anchor in the text, or to an external URL. */
import { href, linkablePages } from "../../routes.ts";
import { advise } from "../source/suggest.ts";
import { escapeHtml } from "./raw-html.ts";

export type LinkTarget =
  | { readonly kind: "chapter"; readonly path: string; readonly anchor: string | undefined }
  | { readonly kind: "anchor"; readonly anchor: string }
  | { readonly kind: "page"; readonly path: string }
  | { readonly kind: "web"; readonly url: string }
  | { readonly kind: "broken"; readonly message: string; readonly fix: string };

/** Slugs of a book's chapters. Any slug counts as known if the book's own file is broken. */
export type Slugs = Pick<ReadonlySet<string>, "has"> & Iterable<string>;
export type ChaptersOf = ReadonlyMap<string, Slugs>;

interface LinkSurroundings {
  readonly book: string | undefined;
  readonly chaptersOf: ChaptersOf;
}

/** Base of a text's links: empty on its own page; elsewhere its public path, with `originMark` as the origin. */
export interface LinkSource {
  readonly origin: string;
  readonly path: string;
}

/** `self-attention`, `transformers/rope#turning`, `transformers`, `#turning`, `/about`, `https://…`, `mailto:…`. */
export function resolveLink(written: string, { book, chaptersOf }: LinkSurroundings): LinkTarget {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(written)?.[1]?.toLowerCase();
  if (scheme !== undefined) return resolveAddress(written, scheme);
  if (written.startsWith("#")) return { kind: "anchor", anchor: decodeURIComponentSafely(written.slice(1)) };
  if (linkablePages.includes(written)) return { kind: "page", path: written };

  const [place = "", anchor] = written.split("#", 2);
  const parts = place
    .replace(/^\/|\/$/g, "")
    .replace(/\.md$/, "")
    .split("/")
    .filter((part) => part !== "." && part !== "..");
  const [first = "", second] = parts;
  if (parts.length === 1 && book !== undefined && !place.startsWith("/") && chaptersOf.get(book)?.has(first)) {
    return { kind: "chapter", path: href.chapter(book, first), anchor };
  }
  if (parts.length === 1 && chaptersOf.has(first)) return { kind: "chapter", path: href.book(first), anchor };
  if (parts.length === 2 && second !== undefined && chaptersOf.get(first)?.has(second)) {
    return { kind: "chapter", path: href.chapter(first, second), anchor };
  }
  const known = [...chaptersOf].flatMap(([slug, chapters]) => [
    slug,
    ...[...chapters].map((chapter) => (slug === book ? chapter : `${slug}/${chapter}`)),
  ]);
  return { kind: "broken", message: `There is no chapter \`${place}\`.`, fix: advise(place, known, "chapters") };
}

function resolveAddress(written: string, scheme: string): LinkTarget {
  if (scheme === "mailto") return { kind: "web", url: written };
  if (scheme !== "http" && scheme !== "https") {
    return {
      kind: "broken",
      message: `Links to \`${scheme}:\` are not allowed.`,
      fix: "Links are chapters, `https://…` or `mailto:…`.",
    };
  }
  return URL.canParse(written)
    ? { kind: "web", url: new URL(written).href }
    : { kind: "broken", message: "This is not a complete URL.", fix: "Write `https://example.org/page`." };
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The URL of a link, relative to its source; `undefined` if the link is broken. */
export function addressOf(to: LinkTarget | undefined, place: LinkSource): string | undefined {
  switch (to?.kind) {
    case "chapter":
      return `${place.origin}${to.path}${to.anchor ? `#${to.anchor}` : ""}`;
    case "anchor":
      return `${place.path === "" ? "" : place.origin + place.path}#${to.anchor}`;
    case "page":
      return `${place.origin}${to.path}`;
    case "web":
      return to.url;
    case "broken":
    case undefined:
      return undefined;
  }
}

/** The link as HTML. `withholdLinks` (src/library/catalogue.ts) recognises links to chapters by their class. */
export function renderLink(to: LinkTarget | undefined, html: string, title: string, place: LinkSource): string {
  const address = addressOf(to, place);
  if (address === undefined) return html;
  const named = title === "" ? "" : ` title="${title}"`;
  return `<a${to?.kind === "chapter" ? ' class="chapter"' : ""} href="${escapeHtml(address)}"${named}>${html}</a>`;
}
