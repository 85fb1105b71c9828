/** Stores the email of a text, compiled or from the cache, and warns the author if it is truncated. */
import type { Tokens } from "marked";
import { plainText } from "../markdown/token-text.ts";
import type { ObjectStore } from "../object-store.ts";
import type { ProblemList } from "../source/problem.ts";
import type { SourceFile } from "../source/source-file.ts";
import { type CompiledMail, compileMail, type MailJob } from "./compile-mail.ts";
import { maxMailBytes } from "./cut-mail.ts";
import { cacheMail, recallMail } from "./mail-cache.ts";

export interface PublishedMail {
  readonly mail: string;
  readonly mailPictures: string | undefined;
}

/** `key`: cache key that changes whenever the email could change; without one the email is always compiled. */
export async function publishMail(
  job: MailJob & { readonly file: SourceFile; readonly key: (() => string) | undefined },
  store: ObjectStore,
  problems: ProblemList,
): Promise<PublishedMail> {
  const compiled = await recalled(job, job.key?.());
  if (compiled.cut) reportCut(job, compiled.cut, problems);
  return {
    mail: store.put(`${JSON.stringify(compiled.mail)}\n`, "json"),
    mailPictures: compiled.pack && store.put(compiled.pack, "bin"),
  };
}

async function recalled(job: MailJob, key: string | undefined): Promise<CompiledMail> {
  if (key === undefined) return compileMail(job);
  const known = recallMail(key);
  if (known) return known;
  const compiled = await compileMail(job);
  cacheMail(key, compiled);
  return compiled;
}

/** The sections that follow every text: see `compileMail`. */
const sectionAt = (index: number, hasNotation: boolean): string =>
  index === 2 ? "list of changes" : index === 0 && hasNotation ? "notation" : "references";

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(0)} KB`;

function reportCut(
  { analysis, file, symbols }: MailJob & { readonly file: SourceFile },
  { at, bytes }: NonNullable<CompiledMail["cut"]>,
  problems: ProblemList,
): void {
  const token = analysis.tokens[at];
  const end =
    token === undefined
      ? `before its ${sectionAt(at - analysis.tokens.length, symbols.length > 0)}`
      : token.type === "heading"
        ? `before “${plainText((token as Tokens.Heading).tokens)}”`
        : "here";
  problems.add(
    file,
    (token && analysis.positions.get(token)) ?? { offset: file.text.trimEnd().length - 1, length: 1 },
    `As an email, this page is ${kilobytes(bytes)}, ${kilobytes(bytes - maxMailBytes)} over what email clients show: the email is cut ${end}.`,
    "Shorten the page, or leave it: the email links to the rest on the site.",
    "warning",
  );
}
