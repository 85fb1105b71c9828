/** Compiles and composes a chapter of content/ as an email, with its images. */
import { isWritten, type Manifest } from "../../library/manifest.ts";
import type { Message } from "../../mail/mailer.ts";
import { LibraryCompiler } from "../../publish/compile-library.ts";
import { type ObjectStore, sha256 } from "../../publish/object-store.ts";
import type { Problem } from "../../publish/source/problem.ts";
import { advise } from "../../publish/source/suggest.ts";
import { href } from "../../routes.ts";
import { CommandError } from "../command-error.ts";
import { readTsx } from "../tsx.ts";
import type { MailSettings } from "./mail-settings.ts";

export interface ChapterPreview {
  readonly message: Message;
  /** Images by their URL in the HTML, each once, in order. */
  readonly pictures: ReadonlyMap<string, Uint8Array>;
  readonly warnings: readonly Problem[];
  readonly darkQuery: string;
}

export type PreviewResult =
  | { readonly kind: "composed"; readonly preview: ChapterPreview }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/** Compiles again on every call, but only what has changed. */
export class Previewer {
  readonly #compiler: LibraryCompiler;
  readonly #settings: MailSettings;
  readonly #objects = new Map<string, Uint8Array>();
  #composer: Promise<typeof import("../../editions/sending/preview-mail.ts")> | undefined;

  constructor(root: string, settings: MailSettings) {
    const store: ObjectStore = {
      put: (bytes) => {
        const hash = sha256(bytes);
        this.#objects.set(hash, Buffer.from(bytes));
        return hash;
      },
      has: (name) => this.#objects.has(name.slice(0, name.indexOf("."))),
    };
    this.#compiler = new LibraryCompiler(root, store, { usesDisk: true });
    this.#settings = settings;
  }

  /** `written`: the chapter as named by the author. Throws a `CommandError` if there is none. */
  async preview(written: string, to: string, now: number): Promise<PreviewResult> {
    const result = await this.#compiler.compile();
    if (result.kind === "refused") return result;
    const path = findChapter(written, result.manifest);
    this.#composer ??= loadComposer();
    const { previewMail, darkQuery } = await this.#composer;
    const { origin, postalAddress, from = `${result.manifest.title} <letters@localhost>` } = this.#settings;
    const message = await previewMail({
      // Emails use none of the files under /assets that only a release has.
      manifest: result.manifest as Manifest,
      path,
      now,
      origin,
      from,
      to,
      postalAddress,
      readObject: (hash) => this.#objects.get(hash),
    });
    const pictures = this.#picturesIn(message.html);
    return { kind: "composed", preview: { message, pictures, warnings: result.warnings, darkQuery } };
  }

  #picturesIn(html: string): Map<string, Uint8Array> {
    const addresses = html.matchAll(/<img src="([^"]*\/mail\/([0-9a-f]{64})\/(\d+)-(\d+)\.png)"/g);
    return new Map(
      [...addresses].map(([, address = "", pack = "", start, length]) => {
        const bytes = this.#objects.get(pack)?.subarray(Number(start), Number(start) + Number(length));
        return [address, bytes ?? new Uint8Array()];
      }),
    );
  }
}

/** Loads the code that composes editions: it is TSX, and not needed before a chapter is compiled. */
function loadComposer(): Promise<typeof import("../../editions/sending/preview-mail.ts")> {
  readTsx();
  return import("../../editions/sending/preview-mail.ts");
}

/** The path for `transformers/rope`, `content/transformers/rope.md`, or a book, which means its overview. */
function findChapter(written: string, { books }: Pick<Manifest, "books">): string {
  const name = written
    .replace(/^\.?\//, "")
    .replace(/^content\//, "")
    .replace(/\.md$/, "")
    .replace(/\/(book|index)?$/, "");
  const paths = new Map(
    books.flatMap((book) => [
      [book.slug, href.book(book.slug)] as const,
      ...book.contents
        .filter(isWritten)
        .map(({ slug }) => [`${book.slug}/${slug}`, href.chapter(book.slug, slug)] as const),
    ]),
  );
  const path = paths.get(name);
  if (path !== undefined) return path;
  const announced = books.some(({ slug, contents }) => contents.some((entry) => `${slug}/${entry.slug}` === name));
  if (announced) throw new CommandError(`\`${name}\` is planned but not written yet.`);
  const ofAnyBook = [...paths.keys()].filter((known) => known.endsWith(`/${name}`));
  const advice = ofAnyBook[0] ? `Did you mean \`${ofAnyBook[0]}\`?` : advise(name, [...paths.keys()], "chapters");
  throw new CommandError(`There is no chapter \`${name}\`. ${advice}`);
}
