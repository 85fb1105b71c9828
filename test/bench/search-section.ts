/** Measures searching for a section of results.md. */
import { type MeasuredSearch, measureSearch } from "./search.ts";
import type { Order } from "./sections.ts";

export async function searchSection({ isQuick, tell }: Order): Promise<string> {
  const rows: string[] = [];
  const hostile: string[] = [];
  for (const chapters of isQuick ? [23, 100] : [23, 1000, 10_000]) {
    tell(`${chapters} chapters`);
    const strings = isQuick ? 200 : chapters === 23 ? 100_000 : 5000;
    const measured = await measureSearch(chapters, isQuick ? 3 : 15, strings);
    rows.push(rowOf(measured));
    hostile.push(hostileRow(measured));
  }
  return `## Searching

The index of libraries made of this library's chapters, with 15 % of their words exchanged for invented ones, so that larger libraries have more words. CPU of a search, in Node, for the queries by which the ranking was tuned (test/search/queries.ts): the median of all queries, and in brackets that of the most expensive one. "Cold" parses every file that it reads; waiting for files, and checking their hashes, is not counted. Reads are those of a new isolate. The last column is one changed chapter: its terms, and all files of postings.

| chapters | index | texts | words, warm | formulas, warm | words, cold | formulas, cold | reads, at most | one changed |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}

Strings that nobody means (test/search/hostile-strings.ts), each searched for once, warm: brackets, TeX, quotation marks, other scripts, mistyped words. With what else the process does meanwhile, such as collecting garbage.

| chapters | strings | median | 99 % | 99.9 % | most |
| ---: | ---: | ---: | ---: | ---: | ---: |
${hostile.join("\n")}`;
}

function hostileRow({ chapters, hostileMs: { strings, median, p99, p999, most } }: MeasuredSearch): string {
  const times = [median, p99, p999, most].map((ms) => `${ms.toFixed(2)} ms`);
  return `| ${[chapters.toLocaleString("en"), strings.toLocaleString("en"), ...times].join(" | ")} |`;
}

function rowOf({ chapters, indexBytes, documentBytes, warmMs, coldMs, maxReads, changedMs }: MeasuredSearch): string {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const ms = ({ median, most }: MeasuredSearch["warmMs"]["words"]) => `${median.toFixed(1)} ms (${most.toFixed(1)})`;
  const cells = [
    chapters.toLocaleString("en"),
    megabytes(indexBytes),
    megabytes(documentBytes),
    ms(warmMs.words),
    ms(warmMs.formulas),
    ms(coldMs.words),
    ms(coldMs.formulas),
    String(maxReads),
    `${(changedMs / 1000).toFixed(2)} s`,
  ];
  return `| ${cells.join(" | ")} |`;
}
