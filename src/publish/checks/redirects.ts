/** Collects the former paths of texts, and rejects those that no request could ever have. */
import { normalisePath } from "../../library/path-spelling.ts";
import { href } from "../../routes.ts";
import type { BookFields, ChapterFields } from "../source/content-schema.ts";
import type { ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";

interface RedirectedText {
  readonly book: string;
  readonly path: string;
  readonly source: TextSource<ChapterFields | BookFields>;
}

/** Adds the `redirect_from` of a text to `redirects`: former path -> path. `paths`: of all existing pages. */
export function addRedirects(
  { book, path, source }: RedirectedText,
  paths: ReadonlySet<string>,
  redirects: Map<string, string>,
  problems: ProblemList,
): void {
  source.data.redirect_from.forEach((written, index) => {
    const add = (message: string, fix: string) =>
      problems.add(source.file, source.spanOf(["redirect_from", index]), message, fix);
    const former = formerPath(written, book);
    if (former.kind === "impossible") {
      add(former.message, former.fix);
      return;
    }
    const from = former.path;
    if (paths.has(from) || paths.has(`${from}/`)) {
      add(`${from} is an existing page.`, "Remove the entry, or rename that page.");
    } else if (redirects.has(from)) {
      add(`${from} is already redirected to ${redirects.get(from)}.`, "Keep it in only one of the two files.");
    } else redirects.set(from, path);
  });
}

type FormerPath =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "impossible"; readonly message: string; readonly fix: string };

const impossible = (message: string, fix: string): FormerPath => ({ kind: "impossible", message, fix });

/** The path as the Worker normalises it in requests: see src/site/canonical-paths.ts. */
function formerPath(written: string, book: string): FormerPath {
  if (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(written)) {
    return impossible(
      "A complete URL cannot be redirected from here.",
      "If it was a page of this library, write only its path, `/old/path`.",
    );
  }
  const mark = /[?#]/.exec(written)?.[0];
  if (mark !== undefined) {
    return impossible(
      `A path ends before \`${mark}\`, so no request would match this.`,
      mark === "?"
        ? "Remove the entry: a URL that differs only in its query cannot be redirected."
        : "Write only what precedes it: browsers do not send the rest.",
    );
  }
  const whole = written.startsWith("/") ? written : href.chapter(book, written);
  const spelt = normalisePath(whole);
  if (spelt === undefined) return impossible("This is not a path.", "Write each percent sign as `%25`.");
  const requested = normalisePath(new URL(whole, "http://library.example").pathname);
  if (requested !== spelt) {
    return impossible(`Browsers turn this into ${requested}, so no request would match it.`, `Write \`${requested}\`.`);
  }
  return { kind: "path", path: spelt.length > 1 ? spelt.replace(/\/+$/, "") : spelt };
}
