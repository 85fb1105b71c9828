/** Compiles one text by itself: returns its page, feed entry, Markdown version, or problems. */
import { Parser } from "htmlparser2";
import { type ChapterObject, parseChapter } from "../../src/library/chapter-object.ts";
import { originMark } from "../../src/library/objects.ts";
import { hasPicture } from "../../src/publish/assets/pictures.ts";
import { createDrawingExporter } from "../../src/publish/assets/standalone-drawing.ts";
import { compileText } from "../../src/publish/compile-text.ts";
import { resolveLink } from "../../src/publish/markdown/links.ts";
import { sha256 } from "../../src/publish/object-store.ts";
import type { ChapterFields, Work } from "../../src/publish/source/content-schema.ts";
import { formatProblems } from "../../src/publish/source/problem.ts";
import type { Macros } from "../../src/publish/source/read-macros.ts";
import { SourceFile } from "../../src/publish/source/source-file.ts";
import type { CompiledText } from "../../src/publish/text/compiled-text.ts";
import { en } from "../../src/ui/words/en.ts";
import { modulesOf } from "../library-modules.ts";
import { bookFolder } from "../world.ts";

const works: ReadonlyMap<string, Work> = new Map([
  ["Okakura06", { authors: ["Kakuzō Okakura"], title: "The Book of Tea", venue: "Fox Duffield", year: 1906 }],
  ["Newton01", { authors: ["Isaac Newton"], title: "Scala graduum caloris", year: 1701 }],
]);

const path = "content/tea/cup.md";

const { gallery } = await modulesOf(bookFolder("tea"));
const exportDrawing = createDrawingExporter();

/** What the text may link to: this book, `tea`, with `leaves` and `cooling`, and `pots/clay`. */
const chaptersOf = new Map([
  ["tea", new Set(["cup", "leaves", "cooling"])],
  ["pots", new Set(["clay"])],
]);

export interface Compiled extends CompiledText {
  /** The chapter's object as stored, and the Markdown beside it. */
  readonly kept: string;
  readonly copy: string;
  /** Every object of the text by its hash. */
  readonly objects: ReadonlyMap<string, Uint8Array>;
}

/**
 * `values`: computed numbers. `symbols`: its notation; without it, symbols need no declaration. `asMail` also compiles
 * the email, which takes a while; `root` is the folder for images beside the text.
 */
export async function compile(
  markdown: string,
  values: Readonly<Record<string, unknown>> | undefined = undefined,
  symbols: ChapterFields["symbols"] | undefined = undefined,
  {
    asMail = false,
    root = "/",
    macros = new Map(),
    sharesBoxNumbers = false,
    share,
  }: {
    readonly sharesBoxNumbers?: boolean;
    readonly share?: string;
    readonly asMail?: boolean;
    readonly root?: string;
    readonly macros?: Macros;
  } = {},
): Promise<Compiled> {
  const objects = new Map<string, Uint8Array>();
  const text = await compileText(
    {
      source: {
        file: new SourceFile(path, markdown),
        bodyStart: 0,
        data: { symbols: symbols ?? [], references: [...works.keys()], ...(share !== undefined && { share }) },
        spanOf: () => ({ offset: 0, length: 1 }),
        spanOfKey: () => ({ offset: 0, length: 1 }),
      },
      words: en,
      path: "/tea/cup",
      works,
      workFiles: ["content/references.yaml"],
      explainsItsSymbols: symbols !== undefined,
      macros,
      numbers: values && { file: "content/tea/numbers/cup.ts", values, key: "" },
      inFeed: true,
      keepHtml: true,
      language: undefined,
      direction: "ltr",
      isEnglish: true,
      isSearched: true,
      cover: undefined,
      mail: asMail ? { cloth: "indigo", key: undefined } : undefined,
      surroundings: {
        linkTo: (written) => resolveLink(written, { book: "tea", chaptersOf }),
        references: [...works.keys()],
        figureNames: [...gallery.keys()],
        hasPicture: (name) => hasPicture(root, path, name),
        words: en,
        sharesBoxNumbers,
        textAt: () => "unknown",
      },
    },
    {
      root,
      store: {
        put(bytes) {
          const hash = sha256(bytes);
          objects.set(hash, Buffer.from(bytes));
          return hash;
        },
        has: () => false,
      },
      gallery,
      exportDrawing,
    },
  );
  return {
    ...text,
    kept: String(objects.get(text.object) ?? ""),
    copy: String(objects.get(text.markdown) ?? ""),
    objects,
  };
}

export interface Published {
  /** HTML of the page's text. */
  readonly page: string;
  /** The feed entry, including its references. */
  readonly feed: string;
  readonly markdown: string;
  readonly headings: ChapterObject["headings"];
  readonly minutes: number;
}

/** Shows a readable placeholder for the origin. */
const showOrigin = (text: string): string => text.replaceAll(originMark, "{origin}");

/** Compiles a text without mistakes; throws the author's error messages if it has any. */
export async function publish(markdown: string, values?: Readonly<Record<string, unknown>>): Promise<Published> {
  const text = await compile(markdown, values);
  const object = text.objects.get(text.object);
  if (!object) throw new Error(formatProblems(text.problems, (words) => words));
  return {
    page: text.html,
    feed: showOrigin(text.feedHtml ?? ""),
    markdown: showOrigin(text.copy),
    headings: parseChapter(object).headings,
    minutes: text.minutes,
  };
}

/** `line:column  message` of each problem. */
export const problemsOf = async (markdown: string): Promise<string[]> =>
  (await compile(markdown)).problems.map(({ line, column, message }) => `${line}:${column}  ${message}`);

/** HTML with each formula as its TeX between `⟨` and `⟩`, for tests of what surrounds it. */
export function withTex(html: string): string {
  let shown = "";
  let copied = 0;
  /** Nesting depth inside a formula; 0 is outside. */
  let depth = 0;
  let isTex = false;
  let tex = "";
  const parser = new Parser({
    onopentag(name, attributes) {
      if (depth === 0 && !/^katex(-display)?$/.test(attributes.class ?? "")) return;
      if (depth === 0) {
        shown += html.slice(copied, parser.startIndex);
        tex = "";
      }
      depth += 1;
      if (name === "annotation") isTex = true;
    },
    ontext(text) {
      if (isTex) tex += text;
    },
    onclosetag(name) {
      if (depth === 0) return;
      if (name === "annotation") isTex = false;
      depth -= 1;
      if (depth > 0) return;
      shown += `⟨${tex.trim()}⟩`;
      copied = parser.endIndex + 1;
    },
  });
  parser.end(html);
  return shown + html.slice(copied);
}
