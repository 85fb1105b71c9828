/** Formats a cited work as an entry of the reference list. */
import type { Words } from "../../ui/words/words.ts";
import type { Work } from "../source/content-schema.ts";
import { escapeHtml } from "./raw-html.ts";
import { setTypography } from "./typography.ts";

/** Authors, year, title, venue and a link; also the year of the preprint if it differs. */
export function formatWork({ labels }: Words, work: Work): string {
  const text = (words: string) => escapeHtml(setTypography(words, ""));
  const address = addressOf(work);
  const title = `<cite>${text(work.title)}</cite>`;
  const place = [work.venue && text(work.venue), work.volume && text(work.volume)].filter(Boolean).join(" ");
  const preprint = work.arxiv ? `arXiv:${work.arxiv}` : "";
  const where = [place, preprint].filter(Boolean).join("; ");
  const years =
    work.preprint && work.preprint !== work.year ? labels.yearAndPreprint(work.year, work.preprint) : `${work.year}`;
  return `${text(listAuthors(labels, work.authors))} (${years}). ${address ? `<a href="${escapeHtml(address)}">${title}</a>` : title}${stopAfter(work.title)}${where ? ` ${where}${stopAfter(where)}` : ""}`;
}

/** A full stop, unless the text ends in one or in another mark that ends a sentence. */
const stopAfter = (text: string): string => (/[\p{Sentence_Terminal}…]["'”’»)\]]*$/u.test(text.trim()) ? "" : ".");

function addressOf(work: Work): string | undefined {
  if (work.arxiv) return `https://arxiv.org/abs/${work.arxiv}`;
  if (work.doi) return `https://doi.org/${work.doi}`;
  return work.url;
}

function listAuthors({ authors: listed }: Words["labels"], authors: readonly string[]): string {
  if (authors.at(-1) === "et al.") return authors.join(", ").replace(/, et al\.$/, " et al.");
  return listed(authors);
}
