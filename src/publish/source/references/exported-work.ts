/** Turns an entry that a reference manager exported into a work as references.yaml describes it. */
import * as v from "valibot";
import { referenceSchema, type Work } from "../content-schema.ts";
import type { ProblemList } from "../problem.ts";
import type { SourceFile, Span } from "../source-file.ts";

/** What BibTeX and CSL-JSON have in common; texts are plain, without TeX or HTML. */
export interface ExportedWork {
  readonly key: string;
  readonly authors: readonly string[];
  readonly title: string | undefined;
  /** Candidates for where the work appeared, the best one first. */
  readonly venues: readonly (string | undefined)[];
  readonly volume: string | undefined;
  readonly issue: string | undefined;
  /** As written: `2017-06`, `circa 1850`. */
  readonly date: string | undefined;
  readonly doi: string | undefined;
  readonly url: string | undefined;
  /** Id within arXiv, if the entry says that it is one. */
  readonly eprint: string | undefined;
  /** Other texts that may name an arXiv id: `arXiv:1706.03762 [cs]`. */
  readonly notes: readonly (string | undefined)[];
}

/** Fields of an exported work that a problem can be about. */
export type ExportedField = "key" | "authors" | "title" | "date" | "doi" | "url";

/** A work, and where its fields are: for problems, because only works that a text cites are checked. */
export interface Locatable {
  readonly exported: ExportedWork;
  readonly file: SourceFile;
  /** Span of a field, or of the key if the entry has no such field. */
  readonly spanOf: (field: ExportedField) => Span;
  /** What the file calls the field: `year`, `issued`. */
  readonly nameOf: (field: ExportedField) => string;
}

/** The form of a key in `[@…]`: reference managers use underscores and hyphens. */
const isCitable = (key: string): boolean => /^[A-Za-z][\w.-]*$/.test(key);

/** `undefined` if the entry cannot be printed, with every reason in `problems`. */
export function workOf({ exported, file, spanOf, nameOf }: Locatable, problems: ProblemList): Work | undefined {
  let isComplete = true;
  const report = (field: ExportedField, message: string, fix: string): void => {
    isComplete = false;
    problems.add(file, spanOf(field), message, fix);
  };
  const { key, authors, title, date } = exported;
  if (!isCitable(key)) {
    const fix = "Change the key, there and in the texts: letters, digits, `_`, `.` and `-`, starting with a letter.";
    report("key", `\`${key}\` cannot be cited.`, fix);
  }
  if (authors.length === 0) {
    const fix = "Add the authors, separated by “and”; an institution is written in double braces or as `literal`.";
    report("authors", `\`${key}\` has no authors.`, fix);
  }
  if (title === undefined) report("title", `\`${key}\` has no title.`, "Add its title.");
  else if (/\\[A-Za-z]/.test(title)) {
    report("title", `The title of \`${key}\` contains TeX that is not text.`, "Write it as characters: `ℝ²`, `é`.");
  }
  const year = /(?<!\d)\d{4}(?!\d)/.exec(`${date}`)?.[0];
  if (year === undefined) {
    const found = date === undefined ? "" : `, only “${date}”`;
    report("date", `\`${key}\` has no year${found}.`, "Add it with four digits: `2017`, or as the start of a date.");
  }
  const place = identifiersOf(exported);
  const link = place.arxiv === undefined && place.doi === undefined ? place.url : undefined;
  const venue = exported.venues.find((each) => each !== undefined && !isArchive(each));
  const work = { authors: [...authors], title, year: Number(year), ...place, url: link, venue, volume: undefined };
  if (!isComplete) return undefined;
  const result = v.safeParse(referenceSchema, defined({ ...work, volume: venue && volumeOf(exported) }));
  if (result.success) return result.output;
  for (const issue of result.issues) {
    const field = fieldOf(String(issue.path?.[0]?.key));
    report(field, `\`${nameOf(field)}\` ${issue.message}.`, "Correct it there, or remove it.");
  }
  return undefined;
}

const fieldOf = (name: string): ExportedField =>
  name === "year" ? "date" : name === "authors" || name === "title" || name === "doi" || name === "url" ? name : "key";

/** The repository of a preprint is not a venue; DBLP calls it CoRR. */
const isArchive = (venue: string): boolean => /^(arxiv\b|corr$|https?:)/i.test(venue.trim());

const volumeOf = ({ volume, issue }: ExportedWork): string | undefined =>
  volume === undefined || issue === undefined ? volume : `${volume}(${issue})`;

function identifiersOf({ doi, url, eprint, venues, notes }: ExportedWork): Pick<Work, "arxiv" | "doi" | "url"> {
  const bare = doi?.trim().replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, "");
  const id = eprint?.trim().replace(/^arxiv:\s*/i, "");
  const named = [bare, url, ...venues, ...notes]
    .map((text) => /(?:arxiv[.:]\s*|arxiv\.org\/(?:abs|pdf)\/)(\d{4}\.\d{4,5})(?!\d)/i.exec(text ?? "")?.[1])
    .find((found) => found !== undefined);
  const arxiv = /^\d{4}\.\d{4,5}(?=v\d+$|$)/.exec(id ?? "")?.[0] ?? named;
  // Ids from before April 2007, `cs/0112017`, are not in `arxiv`, but their pages have URLs.
  const old = id !== undefined && /^[a-z-]+(\.[A-Z]{2})?\/\d{7}$/.test(id) ? `https://arxiv.org/abs/${id}` : undefined;
  const isArxivDoi = bare !== undefined && /^10\.48550\//.test(bare);
  return { arxiv, doi: isArxivDoi && arxiv !== undefined ? undefined : bare, url: old ?? url?.trim() };
}

/** Without the fields that have no value, which the schema would report. */
const defined = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ""));

/** Text without the markup that reference managers put into titles; `undefined` if nothing remains. */
export function plainField(text: string | undefined): string | undefined {
  const plain = text
    ?.replace(/<\/?(?:i|b|em|strong|sc|sub|sup|span|a)(?: [^<>]*)?>/gi, "")
    .replace(/\s+/g, " ")
    .trim();
  return plain === "" ? undefined : plain;
}

/** A name as printed, from its parts in order. */
export const printName = (parts: readonly (string | undefined)[]): string =>
  parts.flatMap((part) => plainField(part) ?? []).join(" ");
