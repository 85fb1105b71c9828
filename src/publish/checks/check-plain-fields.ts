/** Warns about Markdown and TeX in fields that are printed as they are written: titles, excerpts, meanings of symbols. */
import type { Token } from "marked";
import { tokenizeInline } from "../markdown/syntax.ts";
import type { ProblemList } from "../source/problem.ts";
import type { Outline, TextSource } from "../source/read-content.ts";

type FieldPath = readonly (string | number)[];

interface Field {
  readonly path: FieldPath;
  readonly text: string | undefined;
  /** As the subject of a sentence. */
  readonly name: string;
  /** Whether a formula is typeset in it. */
  readonly hasMaths?: true;
}

export function checkPlainFields({ library, books }: Outline, problems: ProblemList): void {
  const { title, tagline } = library.data;
  check(library, problems, [named("title", title), named("tagline", tagline)]);
  for (const { overview, contents, chapters } of books) {
    const { data } = overview;
    check(overview, problems, [
      ...fieldsOf(overview),
      named("short_title", data.short_title),
      named("blurb", data.blurb),
      ...contents.map(({ slug, title: text }, index) => ({ path: ["chapters", index, slug], text, name: "A title" })),
    ]);
    for (const chapter of chapters.values()) check(chapter, problems, fieldsOf(chapter));
  }
}

const names: Readonly<Record<string, string>> = {
  title: "A title",
  short_title: "A title",
  excerpt: "An excerpt",
  blurb: "A blurb",
  tagline: "A tagline",
};

const named = (field: string, text: string | undefined): Field => ({
  path: [field],
  text,
  name: names[field] ?? field,
});

const fieldsOf = ({
  data,
}: TextSource<{
  readonly title: string;
  readonly excerpt?: string | undefined;
  readonly symbols: readonly { readonly meaning: string }[];
}>): Field[] => [
  named("title", data.title),
  named("excerpt", data.excerpt),
  ...data.symbols.map(
    ({ meaning }, index): Field => ({
      path: ["symbols", index, "meaning"],
      text: meaning,
      name: "Apart from formulas, a meaning",
      hasMaths: true,
    }),
  ),
];

function check({ file, spanOf }: TextSource<unknown>, problems: ProblemList, fields: readonly Field[]): void {
  for (const { path, text, name, hasMaths } of fields) {
    const markup = text === undefined ? undefined : firstMarkup(tokenizeInline(text), hasMaths === true);
    if (markup === undefined) continue;
    problems.add(
      file,
      spanOf(path),
      `${name} is plain text: \`${markup.replaceAll("`", "")}\` would be printed literally.`,
      "Write it in words, and signs as Unicode: L², ‖x‖, β.",
      "warning",
    );
  }
}

/** The first token that is more than its own characters. */
function firstMarkup(tokens: readonly Token[], hasMaths: boolean): string | undefined {
  for (const token of tokens) {
    if (hasMaths && token.type === "inlineMaths") continue;
    const isBareUrl = token.type === "link" && token.raw === token.text;
    if (!isBareUrl && token.type !== "text") return token.raw;
    const entity = /&(?:[a-z]+|#\d+);/i.exec(token.raw)?.[0];
    if (entity !== undefined) return entity;
  }
  return undefined;
}
