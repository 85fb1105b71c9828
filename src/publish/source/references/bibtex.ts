/** Reads references.bib: BibTeX and BibLaTeX, as Zotero exports them. */
import type { Creator, Entry, Library } from "@retorquere/bibtex-parser";
import { readKept, writeKept } from "../../cache/disk-cache.ts";
import { packageVersionsKey } from "../../compiler-code.ts";
import { sha256 } from "../../object-store.ts";
import type { ProblemList } from "../problem.ts";
import type { SourceFile, Span } from "../source-file.ts";
import { type ExportedField, type ExportedWork, type Locatable, plainField, printName } from "./exported-work.ts";

/** All entries in their order; adds a problem for each that cannot be parsed. */
export async function readBibtex(file: SourceFile, problems: ProblemList): Promise<Locatable[]> {
  const { entries, errors } = await parse(file.text);
  for (const error of errors) reportError(file, error, problems);
  let searched = 0;
  return entries.flatMap((entry): Locatable[] => {
    // The parser returns what it understood of an entry that is not closed, without its source.
    if (entry.input === "") return [];
    const offset = file.text.indexOf(entry.input, searched);
    searched = offset + entry.input.length;
    const exported = exportedOf(entry);
    return [
      {
        exported,
        file,
        spanOf: (field) => spanInEntry(entry, offset, namesOf[field]),
        nameOf: (field) => namesOf[field].find((name) => name in entry.fields) ?? namesOf[field][0] ?? field,
      },
    ];
  });
}

type Parsed = Pick<Library, "entries" | "errors">;

/** Kept on disk, because an exported library has hundreds of entries, and each takes two milliseconds. */
async function parse(bibtex: string): Promise<Parsed> {
  const name = `${sha256(`${packageVersionsKey()} ${bibtex}`)}.bib`;
  const kept = readKept(name);
  if (kept) return JSON.parse(kept.toString("utf8")) as Parsed;
  // Loading the parser takes a third of a second, and most libraries have no such file.
  const { parse: parseBibtex } = await import("@retorquere/bibtex-parser");
  // Titles are printed as they are written, like those in references.yaml.
  const { entries, errors } = parseBibtex(bibtex, { sentenceCase: false });
  writeKept(name, Buffer.from(JSON.stringify({ entries, errors } satisfies Parsed)));
  return { entries, errors };
}

const namesOf: Readonly<Record<ExportedField, readonly string[]>> = {
  key: [],
  authors: ["author", "editor"],
  title: ["title"],
  date: ["date", "year"],
  doi: ["doi"],
  url: ["url"],
};

function exportedOf({ key, fields }: Entry): ExportedWork {
  const text = (name: string): string | undefined => plainField(fields[name] as string | undefined);
  const first = (name: "publisher" | "institution" | "organization"): string | undefined =>
    plainField(fields[name]?.[0]);
  const institutions = [first("organization"), first("institution")].filter((name) => name !== undefined);
  const people = fields.author ?? fields.editor;
  return {
    key,
    authors: people ? people.map(nameOfCreator) : institutions.slice(0, 1),
    title: text("title"),
    venues: [
      ...["journaltitle", "journal", "booktitle"].map(text),
      first("publisher"),
      text("school"),
      ...(people ? institutions : []),
      text("howpublished"),
    ],
    volume: text("volume"),
    issue: text("number") ?? text("issue"),
    date: text("date") ?? text("year"),
    doi: fields.doi,
    url: fields.url,
    eprint: eprintOf(fields),
    notes: ["number", "note", "howpublished"].map(text),
  };
}

function eprintOf({ eprint, eprinttype, archiveprefix }: Entry["fields"]): string | undefined {
  return (eprinttype ?? archiveprefix ?? "arxiv").toLowerCase() === "arxiv" ? eprint : undefined;
}

const nameOfCreator = ({ name, firstName, prefix, lastName, suffix }: Creator): string =>
  lastName === "others" && firstName === undefined
    ? "et al."
    : (name ?? printName([firstName, prefix, lastName, suffix]));

/** The first of these fields in an entry, or its key. */
function spanInEntry({ input, key }: Entry, offset: number, names: readonly string[]): Span {
  for (const name of names) {
    const field = new RegExp(`(?<=[,\\s])${name}\\s*=[^\\n]*`, "i").exec(input);
    if (field) return { offset: offset + field.index, length: field[0].trimEnd().replace(/,$/, "").length };
  }
  const at = key === "" ? 0 : input.indexOf(key);
  return { offset: offset + at, length: key.length || 1 };
}

function reportError(file: SourceFile, { error, input = "" }: Library["errors"][number], problems: ProblemList): void {
  // A command that the parser cannot turn into text matters only in a field that is printed.
  if (error.startsWith("unhandled macro")) return;
  const text = /^Unresolved @string reference "(.*)"/.exec(error)?.[1];
  if (text !== undefined) {
    const use = new RegExp(`(?<=[=#]\\s*)${text.replace(/\W/g, "\\$&")}(?![\\w])`, "i").exec(file.text);
    const span = { offset: use?.index ?? 0, length: text.length };
    problems.add(
      file,
      span,
      `\`${text}\` is not defined.`,
      `Write \`{${text}}\`, or define it: \`@string{${text} = "…"}\`.`,
    );
    return;
  }
  const offset = Math.max(0, input === "" ? 0 : file.text.indexOf(input));
  const fix = "Check that each `{` has its `}`, and that a comma separates the fields.";
  problems.add(file, { offset, length: input.split("\n")[0]?.length ?? 1 }, "This entry cannot be parsed.", fix);
}
