/** Writes a library of two books whose chapters build on each other, with a scheduled chapter in between and a draft. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** When the scheduled chapter becomes public. */
export const dueAt = "2030-06-01T12:00:00Z";

interface KitchenChapter {
  readonly slug: string;
  readonly needs?: readonly string[];
  readonly more?: string;
}

/** `cooling` names a prerequisite that another one implies; `tasting` needs the scheduled chapter and the draft. */
const chapters: Readonly<Record<string, readonly KitchenChapter[]>> = {
  tea: [
    { slug: "water" },
    { slug: "heat", needs: ["water"] },
    { slug: "leaves" },
    { slug: "cooling", needs: ["water", "heat"] },
    { slug: "steeping", needs: ["leaves", "cooling"], more: `published: ${dueAt}` },
    { slug: "secret", needs: ["water"], more: "hidden_until_published: true" },
    { slug: "tasting", needs: ["steeping", "secret"], more: "redirect_from: [sipping]" },
    { slug: "history" },
  ],
  coffee: [
    { slug: "beans" },
    { slug: "grinding", needs: ["beans"] },
    { slug: "espresso", needs: ["grinding", "tea/heat"] },
  ],
};

const titleOf = (slug: string) => `${slug[0]?.toUpperCase()}${slug.slice(1)}`;

/** The folder of the library, which the test deletes. `books`: those that it has. */
export function writeKitchen(books: readonly string[] = Object.keys(chapters)): string {
  const home = mkdtempSync(join(tmpdir(), "kitchen-"));
  const write = (name: string, lines: readonly string[]) => {
    mkdirSync(join(home, "content", name, ".."), { recursive: true });
    writeFileSync(join(home, "content", name), `${lines.join("\n")}\n`);
  };
  write("library.md", ["---", "title: The Kitchen", "tagline: What to drink.", "authors: [Ada Brewer]", "---"]);
  for (const book of books) {
    const own = (chapters[book] ?? []).filter(({ needs = [] }) =>
      needs.every((need) => !need.includes("/") || books.includes(need.split("/")[0] ?? "")),
    );
    write(`${book}/book.md`, [
      "---",
      `title: "${titleOf(book)}: Cup by Cup"`,
      `short_title: ${titleOf(book)}`,
      `blurb: All of ${book}.`,
      `cloth: ${book === "tea" ? "green" : "indigo"}`,
      "published: 2026-01-05",
      `order: ${books.indexOf(book) + 1}`,
      "chapters:",
      ...own.map(({ slug }) => `  - ${slug}`),
      "---",
      `A book on ${book}.`,
    ]);
    for (const { slug, needs = [], more = "published: 2026-01-12" } of own) {
      write(`${book}/${slug}.md`, [
        "---",
        `title: "${titleOf(slug)}: A Chapter"`,
        `excerpt: About ${slug}.`,
        ...(more.startsWith("redirect") ? ["published: 2026-01-12"] : []),
        more,
        ...(needs.length > 0 ? [`needs: [${needs.join(", ")}]`] : []),
        "---",
        `All about ${slug}.`,
      ]);
    }
  }
  return home;
}
