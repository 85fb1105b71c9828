/** Writes the texts of `npm run new`, which compile as they are and explain in each place what belongs there. */

/** JSON strings are valid double-quoted YAML. */
const quoted = (words: string): string => JSON.stringify(words);

export interface NewChapter {
  readonly title: string;
  readonly excerpt?: string | undefined;
  /** As written in front matter; without it, the chapter is a draft. */
  readonly published?: string | undefined;
  readonly needs?: readonly string[] | undefined;
}

/** Sentences that identify an unedited text of `npm run new`, which must not be published. */
export const unedited = [
  "Start with something that goes wrong: a concrete case where what the reader believes fails.",
  "The overview: what the book is about, what it takes for granted, and where to start.",
  // From earlier versions.
  "Begin with something that goes wrong: a concrete failure of what the reader already believes.",
] as const;

/** The question of each new chapter, which the author replaces. */
export const placeholderQuestion = "A question that checks understanding?";

const dateLine = (published: string | undefined, otherwise: string): string =>
  published === undefined ? otherwise : `published: ${published}`;

export const newChapterText = ({
  title,
  excerpt = "One or two true sentences that make a reader want to continue.",
  published,
  needs = [],
}: NewChapter): string => `---
title: ${quoted(title)}
excerpt: ${quoted(excerpt)}
${dateLine(published, "# published: 2026-01-31        # a date, or 2026-01-31T09:00:00+01:00; without it, this is a draft")}
needs: [${needs.join(", ")}]
symbols:
  - tex: x
    meaning: what the symbol means
    shape: n\\times d
  - tex: f,\\ y
    meaning: every symbol in a formula is explained here
references: []
---

${unedited[0]}

:::in-short
The answer in one sentence.
:::

## A heading that says what this section says

The idea in words, then the formula with every symbol named:

$$
y = f(x) \\label{main}
$$

Refer to it as \\eqref{main}, and put an aside in a sidenote.[^aside]

[^aside]: One paragraph, for what would break the flow.

:::example[A case with numbers]
Numbers small enough to check with a pencil.
:::

:::misconception[A common but false claim.]
What is true instead.
:::

:::questions
1. ${placeholderQuestion}

   Its answer, hidden until it is asked for.
:::
`;

export const newBookText = (
  title: string,
  order: number,
  cloth: string,
  blurb = "One or two sentences for the home page.",
  published?: string,
): string => `---
title: ${quoted(title)}
blurb: ${quoted(blurb)}
order: ${order}
cloth: ${cloth}
${dateLine(published, "# published: 2026-01-31        # without it, the whole book is a draft")}
excerpt: One or two true sentences about the overview.
chapters: []
---

${unedited[1]}
`;

/**
 * book.md with the chapter in its table of contents, every other byte unchanged: in place of its line `- slug: "Title"`
 * if it was planned, otherwise at the end of the list. `undefined` if there is no list to add to.
 */
export function withChapterListed(book: string, slug: string): string | undefined {
  const announced = new RegExp(`^([ \\t]*- )${slug}[ \\t]*:[^\\n]*$`, "m");
  const frontMatter = /^---[^\n]*\n[\s\S]*?\n---/.exec(book)?.[0];
  if (frontMatter === undefined) return undefined;
  const rest = book.slice(frontMatter.length);
  const listed = new RegExp(`^[ \\t]*- ${slug}[ \\t]*(#.*)?$`, "m");
  if (listed.test(frontMatter)) return book;
  if (announced.test(frontMatter)) return frontMatter.replace(announced, `$1${slug}`) + rest;
  const empty = /^chapters:[ \t]*\[[ \t]*\][ \t]*$/m;
  if (empty.test(frontMatter)) return frontMatter.replace(empty, `chapters:\n  - ${slug}`) + rest;
  const list = /^chapters:[ \t]*(?:#.*)?\n(?:[ \t]*(?:-(?!-)|#).*\n)*[ \t]*-(?!-).*$/m;
  const indentation = /^chapters:[^\n]*\n([ \t]*)-/m.exec(frontMatter)?.[1] ?? "  ";
  if (!list.test(frontMatter)) return undefined;
  return frontMatter.replace(list, (lines) => `${lines}\n${indentation}- ${slug}`) + rest;
}
