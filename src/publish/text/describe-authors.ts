/** Describes the authors of content/authors.yaml for the manifest: biographies as HTML, pictures as stored files. */
import type { Tokens } from "marked";
import type { Profile } from "../../library/manifest.ts";
import type { Words } from "../../ui/words/words.ts";
import { hasPicture, readPicture } from "../assets/pictures.ts";
import { analyseText } from "../markdown/analyse-text.ts";
import { type ChaptersOf, resolveLink } from "../markdown/links.ts";
import { plainText } from "../markdown/token-text.ts";
import { setTypography } from "../markdown/typography.ts";
import type { ObjectStore } from "../object-store.ts";
import { createPageRenderer } from "../renderers/page-renderer.ts";
import { renderText } from "../renderers/text-walk.ts";
import { isError, type Problem, ProblemList } from "../source/problem.ts";
import { type Author, type AuthorsFile, authorsPath } from "../source/read-authors.ts";
import { SourceFile, type Span } from "../source/source-file.ts";
import { advise } from "../source/suggest.ts";

interface Describing {
  readonly root: string;
  readonly store: ObjectStore;
  readonly words: Words;
  readonly chaptersOf: ChaptersOf;
  /** Anchors of the text at this path; `undefined` if there is no text. */
  readonly anchorsOf: (path: string) => ReadonlySet<string> | undefined;
}

/** In the order of the file. */
export const describeAuthors = (
  authors: AuthorsFile,
  describing: Describing,
  problems: ProblemList,
): Promise<Profile[]> =>
  Promise.all(
    [...authors.authors].map(async ([id, author]) => {
      const { name, link, orcid } = author;
      const biography = describeBiography(authors, id, author, describing, problems);
      const picture = await storePicture(authors, id, author, describing, problems);
      return {
        id,
        name,
        ...(biography && { biography }),
        ...(link !== undefined && { link }),
        ...(orcid !== undefined && { orcid }),
        ...(picture && { picture }),
      };
    }),
  );

function describeBiography(
  authors: AuthorsFile,
  id: string,
  { biography }: Author,
  { words, chaptersOf, anchorsOf }: Describing,
  problems: ProblemList,
): Profile["biography"] {
  if (biography === undefined) return undefined;
  const value = authors.spanOf([id, "biography"]);
  const report = (message: string, fix: string, spot = value) => problems.add(authors.file, spot, message, fix);
  const own = new ProblemList();
  const nothing = { references: [], figureNames: [], hasPicture: () => false, textAt: undefined };
  const linkTo = (written: string) => resolveLink(written, { book: undefined, chaptersOf });
  const surroundings = { ...nothing, linkTo, words, sharesBoxNumbers: false };
  const file = new SourceFile(authorsPath, biography);
  const spans = { spanOf: () => value, spanOfKey: () => value };
  const analysis = analyseText({ file, bodyStart: 0, data: {}, ...spans }, surroundings, own);
  for (const { path, anchor, span } of analysis.chapterLinks) {
    const anchors = anchorsOf(path);
    if (anchor !== undefined && anchors && !anchors.has(anchor))
      own.add(file, span, `${path} has no heading \`#${anchor}\`.`, advise(anchor, [...anchors], "anchors there"));
  }
  const found = own.sorted();
  for (const problem of found) report(problem.message, problem.fix, spotIn(authors.file, value, problem));
  if (found.some(isError)) return undefined;
  const [paragraph, ...others] = analysis.tokens.filter(({ type }) => type !== "space");
  if (paragraph?.type !== "paragraph" || others.length > 0 || analysis.formulas.length > 0 || analysis.notes.size > 0) {
    report(
      "A biography is one paragraph of text, with emphasis and links.",
      "Shorten it, and remove lists, images, formulas and notes.",
    );
    return undefined;
  }
  const renderer = createPageRenderer(words, [], () => "");
  const html = renderText(analysis, renderer).replace(/^<p>|<\/p>\n$/g, "");
  return { html, text: setTypography(plainText((paragraph as Tokens.Paragraph).tokens), "") };
}

/** YAML may have folded or unescaped a text, so the words of a problem are searched for in the value as written. */
function spotIn(file: SourceFile, value: Span, { column, excerpt }: Problem): Span {
  if (!excerpt) return value;
  const words = [...excerpt.text].slice(column - 1, column - 1 + excerpt.length).join("");
  const at = file.text.slice(value.offset, value.offset + value.length).indexOf(words);
  return at === -1 ? value : { offset: value.offset + at, length: words.length };
}

async function storePicture(
  { file, spanOf }: AuthorsFile,
  id: string,
  { picture: name, alt }: Author,
  { root, store }: Describing,
  problems: ProblemList,
): Promise<Profile["picture"]> {
  if (name === undefined || alt === undefined) return undefined;
  const span = spanOf([id, "picture"]);
  if (!hasPicture(root, authorsPath, name)) {
    problems.add(
      file,
      span,
      `Image \`${name}\` not found.`,
      "Put a PNG, JPEG, WebP, AVIF or GIF file next to authors.yaml and write its bare file name.",
    );
    return undefined;
  }
  const picture = await readPicture(root, file, { name, span }, problems);
  if (!picture) return undefined;
  const { bytes, extension, width, height } = picture;
  return { hash: store.put(bytes, extension), extension, width, height, alt };
}
