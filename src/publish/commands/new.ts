/** `npm run new`: a chapter or a book, ready to be filled in. Asks in a terminal; with arguments it just does it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cancel, intro, isCancel, outro, select, text } from "@clack/prompts";
import { defineCommand, runMain } from "citty";
import Slugger from "github-slugger";
import { reservedSlugs } from "../../routes.ts";
import { cloths } from "../content-schema.ts";
import { compareText } from "../problem.ts";
import { newBookText, newChapterText, withChapterListed } from "../skeletons.ts";
import { advise } from "../suggest.ts";

const content = join(process.cwd(), "content");
const slugForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Something that the author can put right; said without a stack. */
class Refusal extends Error {}

const title = { type: "string", description: "The title, between quotes" } as const;

const chapter = defineCommand({
  meta: { name: "chapter", description: "A chapter, as a draft" },
  args: {
    book: { type: "positional", description: "Slug of the book", required: true },
    slug: { type: "positional", description: "Address of the chapter", required: true },
    title: { ...title, required: true },
    excerpt: { type: "string", description: "One or two sentences that make somebody want to read on" },
  },
  run: ({ args }) => attempt(() => createChapter(args.book, args.slug, args.title, args.excerpt)),
});

const book = defineCommand({
  meta: { name: "book", description: "A book with its overview, as a draft" },
  args: {
    slug: { type: "positional", description: "Address of the book", required: true },
    title: { ...title, required: true },
    blurb: { type: "string", description: "One or two sentences for the shelf" },
  },
  run: ({ args }) => attempt(() => createBook(args.slug, args.title, args.blurb)),
});

const main = defineCommand({
  meta: { name: "npm run new --", description: "Creates a chapter or a book in content/" },
  subCommands: { chapter, book },
});

/** Does it, or says in a sentence why not, with exit code 1. */
function attempt(create: () => string): void {
  try {
    console.log(create());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

function createChapter(bookSlug: string, slug: string, chapterTitle: string, excerpt?: string): string {
  const books = listBooks();
  if (!books.includes(bookSlug))
    throw new Refusal(`There is no book \`${bookSlug}\`. ${advise(bookSlug, books, "books")}`);
  checkSlug(slug);
  const path = join(content, bookSlug, `${slug}.md`);
  if (existsSync(path)) throw new Refusal(`content/${bookSlug}/${slug}.md is there already; nothing was changed.`);
  const bookPath = join(content, bookSlug, "book.md");
  const listed = withChapterListed(readFileSync(bookPath, "utf8"), slug);
  if (listed === undefined) {
    throw new Refusal(
      `content/${bookSlug}/book.md has no list \`chapters\` that a line can be added to. Give it one: \`chapters:\` and below it \`  - ${slug}\`.`,
    );
  }
  writeFileSync(path, newChapterText(chapterTitle, excerpt), { flag: "wx" });
  writeFileSync(bookPath, listed);
  return `Wrote content/${bookSlug}/${slug}.md, and put it into the table of contents of book.md.\nIt is a draft: \`npm start\` shows it at /${bookSlug}/${slug}; give it a \`published\` date to publish it.`;
}

function createBook(slug: string, bookTitle: string, blurb?: string): string {
  checkSlug(slug);
  if (reservedSlugs.includes(slug))
    throw new Refusal(`\`${slug}\` is a page of the library itself; choose another address.`);
  const folder = join(content, slug);
  if (existsSync(folder)) throw new Refusal(`content/${slug}/ is there already; nothing was changed.`);
  const order = listBooks().length + 1;
  mkdirSync(folder);
  writeFileSync(
    join(folder, "book.md"),
    newBookText(bookTitle, order, cloths[(order - 1) % cloths.length] ?? "slate", blurb),
  );
  return `Wrote content/${slug}/book.md.\nIt is a draft: \`npm start\` shows it at /${slug}/; give it a \`published\` date to publish it.\nNext: npm run new -- chapter ${slug} first-chapter --title "…"`;
}

const listBooks = (): string[] =>
  readdirSync(content, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(content, entry.name, "book.md")))
    .map((entry) => entry.name)
    .sort(compareText);

function checkSlug(slug: string): void {
  if (slug === "book" || !slugForm.test(slug)) {
    throw new Refusal(
      `\`${slug}\` cannot be an address: use lower-case letters, digits and single hyphens, such as \`${slugOf(slug)}\`.`,
    );
  }
}

const slugOf = (words: string): string =>
  new Slugger()
    .slug(words.split(":")[0] ?? "")
    .replace(/[^a-z0-9-]/g, "")
    .replace(/-+/g, "-")
    .replace(/^-|-$/g, "") || "a-chapter";

async function ask(): Promise<void> {
  intro("Something new for the library");
  const kind = await answered(
    select({
      message: "What is it?",
      options: [
        { value: "chapter", label: "A chapter" },
        { value: "book", label: "A book" },
      ],
    }),
  );
  const books = listBooks();
  const inBook =
    kind === "chapter"
      ? await answered(select({ message: "In which book?", options: books.map((value) => ({ value, label: value })) }))
      : "";
  const named = await answered(
    text({ message: "Its title?", validate: (value) => ((value ?? "").trim() === "" ? "It needs one." : undefined) }),
  );
  const slug = await answered(text({ message: "Its address?", initialValue: slugOf(named) }));
  const line = await answered(
    text({
      message:
        kind === "chapter"
          ? "One or two sentences that make somebody want to read on?"
          : "One or two sentences for the shelf?",
      placeholder: "can wait",
    }),
  );
  attempt(() =>
    kind === "chapter"
      ? createChapter(inBook, slug, named, line || undefined)
      : createBook(slug, named, line || undefined),
  );
  outro("Have a good time writing.");
}

/** The answer; leaving with Ctrl+C changes nothing. */
async function answered(question: Promise<string | symbol>): Promise<string> {
  const value = await question;
  if (isCancel(value)) {
    cancel("Nothing was written.");
    process.exit(1);
  }
  return String(value);
}

if (process.argv.length > 2) await runMain(main);
else if (process.stdin.isTTY && process.stdout.isTTY) await ask();
else {
  console.error(
    'Say what to create:\n  npm run new -- chapter transformers alibi --title "ALiBi: Attention with Linear Biases"\n  npm run new -- book diffusion --title "Diffusion Models"',
  );
  process.exit(1);
}
