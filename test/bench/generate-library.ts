/** Generates a realistic library of any size: its texts differ from each other, and are the same on every run. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const chaptersPerBook = 100;

/** Per chapter: about the words, inline formulas and displayed equations of the library's own chapters. */
const shape = { paragraphs: 12, wordsPerParagraph: 62, equations: 4 } as const;

const words =
  "attention reads every token at once and mixes what it finds while a graph keeps its neighbours close so that a message needs no order and the weight of an edge says how much of it arrives".split(
    " ",
  );

export function generateLibrary(root: string, count: number): void {
  mkdirSync(join(root, "content"), { recursive: true });
  write(
    root,
    "library.md",
    "---\ntitle: Generated\ntagline: As long as it needs to be.\nauthors: [Nobody]\n---\nAbout.\n",
  );
  write(
    root,
    "references.yaml",
    "Key01:\n  authors: [A. Author]\n  title: A Work\n  year: 2001\n  url: https://example.org/work\n",
  );
  const books = Math.ceil(count / chaptersPerBook);
  for (let book = 0; book < books; book++) {
    const slugs = Array.from(
      { length: Math.min(chaptersPerBook, count - book * chaptersPerBook) },
      (_, index) => `chapter-${index + 1}`,
    );
    const folder = `book-${book + 1}`;
    mkdirSync(join(root, "content", folder), { recursive: true });
    const contents = slugs.map((slug) => `  - ${slug}`).join("\n");
    write(
      root,
      `${folder}/book.md`,
      `---\ntitle: Book ${book + 1}\nblurb: One of many.\norder: ${book + 1}\npublished: 2026-01-01\nchapters:\n${contents}\n---\nThe overview.\n`,
    );
    for (const [index, slug] of slugs.entries())
      write(root, `${folder}/${slug}.md`, chapter(book * chaptersPerBook + index));
  }
}

/** Adds a chapter to the first book; `seed` is that of no other. */
export function addChapter(root: string, seed: number): void {
  const path = join(root, "content/book-1/book.md");
  const slug = `chapter-added-${seed}`;
  writeFileSync(path, readFileSync(path, "utf8").replace("\n---\nThe overview", `\n  - ${slug}\n---\nThe overview`));
  write(root, `book-1/${slug}.md`, chapter(seed));
}

const write = (root: string, path: string, text: string): void => writeFileSync(join(root, "content", path), text);

function chapter(seed: number): string {
  const random = mulberry(seed);
  const pick = (limit: number) => Math.floor(random() * limit);
  const letters = "abcdefhkmnpqrstuvwxyz";
  const letter = () => letters.charAt(pick(letters.length));
  const formula = () => {
    const forms = [
      `${letter()}_${pick(9)}`,
      `\\mathbf{${letter()}}^{\\top}${letter()}`,
      `\\sqrt{${letter()}_{${letter()}}}`,
      `\\frac{${letter()}}{${pick(90) + 1}}`,
      `${letter()}\\in\\mathbb{R}^{${letter()}\\times ${letter()}}`,
    ];
    return forms[pick(forms.length)] ?? "x";
  };
  const paragraph = () =>
    Array.from({ length: shape.wordsPerParagraph }, (_, index) =>
      index % 25 === 12 ? `$${formula()}$` : (words[pick(words.length)] ?? ""),
    ).join(" ");
  const equation = (index: number) =>
    `$$\n\\sum_{${letter()}=1}^{${pick(99)}} \\exp\\!\\Big(\\frac{${letter()}_i\\cdot ${letter()}_j}{\\sqrt{${letter()}}}\\Big)${formula()}\n\\label{eq-${index}}\n$$`;
  const body: string[] = [];
  for (let index = 0; index < shape.paragraphs; index++) {
    if (index % 4 === 0) body.push(`## Part ${index / 4 + 1}`);
    body.push(`${paragraph()}.`);
    if (index < shape.equations) body.push(equation(index), `So says \\eqref{eq-${index}} [@Key01].`);
  }
  body.push("| a | b |\n| --- | --- |\n| 1 | $x_1$ |", "```python\nfor i in range(10):\n    print(i, i ** 2)\n```");
  body.push("A last word.[^n]\n\n[^n]: In the margin.");
  return `---\ntitle: Chapter ${seed + 1}\nexcerpt: One of many chapters.\npublished: 2026-01-02\nreferences: [Key01]\n---\n${body.join("\n\n")}\n`;
}

/** Seeded pseudorandom numbers between 0 and 1 (Tommy Ettinger's mulberry32, public domain). */
function mulberry(seed: number): () => number {
  let state = seed + 0x6d2b79f5;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
