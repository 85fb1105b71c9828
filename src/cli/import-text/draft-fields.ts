/** Writes the front matter of a draft from that of the original; what has no equivalent stays as a comment. */
import type { Draft } from "./draft.ts";
import type { Field } from "./front-matter.ts";

export interface DraftFields {
  readonly title: string | undefined;
  readonly excerpt: string | undefined;
  readonly authors: readonly string[];
  /** `2021-03-01`: when the original was published. */
  readonly date: string | undefined;
  readonly language: string | undefined;
  /** Files with the cited works. */
  readonly bibliographies: readonly string[];
  /** Source lines of the fields without an equivalent. */
  readonly others: readonly string[];
}

const titles = ["title"];
const excerpts = ["excerpt", "description", "summary", "abstract", "subtitle"];
const authors = ["authors", "author"];
const dates = ["date"];
const languages = ["lang", "language"];

export function readFields(fields: readonly Field[], draft: Draft): DraftFields {
  const used = new Set<Field>();
  const use = <Value>(names: readonly string[], read: (value: unknown) => Value | undefined): Value | undefined => {
    for (const name of names) {
      const field = fields.find((each) => each.name.toLowerCase() === name);
      const value = field && read(field.value);
      if (field === undefined || value === undefined) continue;
      used.add(field);
      return value;
    }
    return undefined;
  };
  const known = {
    title: use(titles, textOf),
    excerpt: use(excerpts, textOf),
    authors: use(authors, namesOf) ?? [],
    date: use(dates, dayOf),
    language: use(languages, (value) =>
      typeof value === "string" ? /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.exec(value)?.[0] : undefined,
    ),
    bibliographies: use(["bibliography"], namesOf) ?? [],
  };
  const others = fields.filter((field) => !used.has(field) || hasMoreThanNames(field));
  for (const field of others) {
    const { name, place } = field;
    draft.find(
      place,
      name === ""
        ? "The front matter cannot be parsed, so it is kept as comments."
        : `The field \`${name}\` ${used.has(field) ? "has more than names" : "has no equivalent"}, and is kept as a comment.`,
    );
  }
  return { ...known, others: others.flatMap(({ source }) => source.filter((line) => line.trim() !== "")) };
}

/** JSON strings are valid double-quoted YAML. */
const quoted = (text: string): string => JSON.stringify(text);

export function frontMatterOf(
  fields: DraftFields,
  title: string,
  excerpt: string,
  references: readonly string[],
): string[] {
  const { authors: names, date, language, others } = fields;
  return [
    "---",
    `title: ${quoted(title)}`,
    `excerpt: ${quoted(excerpt)}`,
    ...(date === undefined
      ? []
      : [`# published: ${date}   # the date of the original; without the \`#\`, it is published`]),
    ...(names.length === 0 ? [] : [`authors: [${names.map(quoted).join(", ")}]`]),
    ...(language === undefined ? [] : [`language: ${language}`]),
    ...(references.length === 0 ? [] : [`references: [${references.join(", ")}]`]),
    ...(others.length === 0
      ? []
      : ["# From the original, without an equivalent:", ...others.map((line) => `#   ${line}`)]),
    "---",
  ];
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.replace(/\s+/g, " ").trim() : undefined;

/** A name, a list of names, or of records with a name, as Quarto and MyST have them. */
function namesOf(value: unknown): string[] | undefined {
  const names = (Array.isArray(value) ? value : [value]).map((each): string | undefined => {
    if (typeof each === "string") return textOf(each);
    const name = (each as { name?: unknown } | null)?.name;
    if (typeof name === "string") return textOf(name);
    const { given, family, literal } = (name ?? {}) as Readonly<Record<string, unknown>>;
    return textOf(literal) ?? textOf([given, family].filter((part) => typeof part === "string").join(" "));
  });
  const found = names.filter((name) => name !== undefined);
  return found.length === names.length && found.length > 0 ? found : undefined;
}

/** Whether authors have affiliations and the like, which a draft has no place for. */
const hasMoreThanNames = ({ name, value }: Field): boolean =>
  authors.includes(name.toLowerCase()) &&
  [value]
    .flat()
    .some((each) => typeof each === "object" && each !== null && Object.keys(each).some((key) => key !== "name"));

function dayOf(value: unknown): string | undefined {
  const written = value instanceof Date ? value.toISOString() : String(value);
  const day = /^\d{4}-\d\d-\d\d/.exec(written)?.[0];
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : undefined;
}
