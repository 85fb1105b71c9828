/** Renders a chapter as Markdown, for programs that read it. */
import { creditsOf } from "../library/authors.ts";
import { type CatalogueEntry, updateOf } from "../library/catalogue.ts";
import type { Chapter } from "../library/manifest.ts";
import { originMark } from "../library/objects.ts";
import { href, mediaPrefix } from "../routes.ts";
import type { TextContext } from "../ui/page-context.ts";

export const markdownPath = ({ book, chapter, isOverview }: CatalogueEntry): string =>
  href.markdown(book.slug, isOverview ? undefined : chapter.slug);

const markdownLink = /\[((?:[^[\]]|\[[^\]]*\])*)\]\(\0origin\0(\/[^)#\s]*)([^)]*)\)/g;

/** Adds title and source. Links are absolute; links to planned chapters become plain text. */
export function renderMarkdown(
  { catalogue, origin, words }: TextContext,
  entry: CatalogueEntry,
  markdown: string,
): string {
  const { chapter, book, path } = entry;
  const updated = updateOf(chapter);
  const facts = [
    namesOf({ catalogue, origin, words }, chapter),
    chapter.published && words.dates.day(chapter.published),
    updated && words.chapter.updated(words.dates.day(updated)).join(""),
    book.title,
    origin + path,
  ];
  const text = markdown
    .replace(markdownLink, (link, label: string, to: string) =>
      to.startsWith(mediaPrefix) || catalogue.byPath.has(to) || !to.includes("/", 1) ? link : label,
    )
    .replaceAll(originMark, origin);
  return `# ${chapter.title}\n\n> ${chapter.excerpt}\n\n${facts.filter(Boolean).join(" · ")}\n\n${text}\n`;
}

/** Names as links to the pages of authors; separated by commas in a library without authors.yaml. */
function namesOf({ catalogue, origin, words }: TextContext, chapter: Chapter): string {
  if (catalogue.manifest.profiles === undefined) return chapter.authors.join(", ");
  const names = creditsOf(catalogue, chapter).map(({ name, profile }) =>
    profile ? `[${name}](${origin}${href.author(profile.id)})` : name,
  );
  return words.authors.names(names).join("");
}
