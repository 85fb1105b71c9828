/** `npm run new`: a chapter or a book, ready to be filled in. Asks in a terminal for what is not said; with arguments it just does it. */
import { join } from "node:path";
import { cancel, intro, isCancel, outro, select, text } from "@clack/prompts";
import { defineCommand } from "citty";
import { Refusal } from "../command-error.ts";
import { runCommands, sayingWhyNot } from "../command-line.ts";
import { checkBook, createBook, createChapter, listBooks, nextDay, publishedProblem, slugOf } from "../new-text.ts";

const content = join(process.cwd(), "content");

const title = { type: "string", description: "The title, between quotes" } as const;
const published = {
  type: "string",
  description: "A day, a time with its offset, or `next`: the day after the last one; a draft without it",
} as const;

const commands = {
  chapter: defineCommand({
    meta: { name: "chapter", description: "A chapter, put into its book's table of contents" },
    args: {
      book: { type: "positional", description: "Slug of the book", required: false },
      slug: {
        type: "positional",
        description: "Address of the chapter; made of the title if left out",
        required: false,
      },
      title,
      excerpt: { type: "string", description: "One or two sentences that make somebody want to read on" },
      needs: { type: "string", description: "What is to be read first: slug,book/slug" },
      published,
    },
    run: ({ args }) => sayingWhyNot(() => newChapter(args)),
  }),
  book: defineCommand({
    meta: { name: "book", description: "A book with its overview" },
    args: {
      slug: { type: "positional", description: "Address of the book; made of the title if left out", required: false },
      title,
      blurb: { type: "string", description: "One or two sentences for the shelf" },
      published,
    },
    run: ({ args }) => sayingWhyNot(() => newBook(args)),
  }),
};

const main = defineCommand({
  meta: {
    name: "npm run new --",
    description: "Creates a chapter or a book in content/; in a terminal it asks for what you do not say",
  },
  subCommands: commands,
});

type Said<Name extends string> = { readonly [name in Name]?: string | undefined };

const canAsk = process.stdin.isTTY && process.stdout.isTTY;
const usage =
  'Say what to create:\n  npm run new -- chapter transformers alibi --title "ALiBi: Attention with Linear Biases"\n  npm run new -- book diffusion --title "Diffusion Models"';

const untitled = 'Give it a title, between quotes: --title "…"';

async function newChapter(said: Said<"book" | "slug" | "title" | "excerpt" | "needs" | "published">): Promise<void> {
  const book = said.book ?? (await asked(askBook));
  checkBook(content, book);
  const named = said.title ?? (await asked(askTitle, untitled));
  const isAsking = said.title === undefined;
  const slug = said.slug ?? (isAsking ? await askSlug(named) : slugOf(named));
  const excerpt =
    said.excerpt ?? (isAsking ? await askLine("One or two sentences that make somebody want to read on?") : undefined);
  const needs =
    said.needs ?? (isAsking ? await askLine("What is to be read first? Slugs, with commas between them") : undefined);
  const list = needs
    ?.split(",")
    .map((need) => need.trim())
    .filter(Boolean);
  const date = dateOf(said.published) ?? (isAsking ? await askDate() : undefined);
  console.log(createChapter(content, book, slug, { title: named, excerpt, needs: list, published: date }));
  if (date === undefined) console.log(`The next free day is ${nextDay(content, Date.now())}.`);
}

async function newBook(said: Said<"slug" | "title" | "blurb" | "published">): Promise<void> {
  const named = said.title ?? (await asked(askTitle, untitled));
  const isAsking = said.title === undefined;
  const slug = said.slug ?? (isAsking ? await askSlug(named) : slugOf(named));
  const blurb = said.blurb ?? (isAsking ? await askLine("One or two sentences for the shelf?") : undefined);
  console.log(createBook(content, slug, { title: named, blurb, published: dateOf(said.published) }));
}

const dateOf = (said: string | undefined): string | undefined =>
  said === "next" ? nextDay(content, Date.now()) : said;

function asked(question: () => Promise<string>, otherwise = usage): Promise<string> {
  if (!canAsk) throw new Refusal(otherwise);
  return question();
}

function askBook(): Promise<string> {
  const books = listBooks(content);
  if (books.length === 0)
    throw new Refusal('There is no book yet. Begin with one: npm run new -- book tea --title "Tea"');
  return answered(select({ message: "In which book?", options: books.map((value) => ({ value, label: value })) }));
}

const askTitle = (): Promise<string> =>
  answered(
    text({ message: "Its title?", validate: (value) => ((value ?? "").trim() === "" ? "It needs one." : undefined) }),
  );

const askSlug = (named: string): Promise<string> =>
  answered(text({ message: "Its address?", initialValue: slugOf(named) }));

const askLine = async (message: string): Promise<string | undefined> =>
  (await answered(text({ message, placeholder: "can wait" }))) || undefined;

const askDate = async (): Promise<string | undefined> =>
  (await answered(
    text({
      message: "When does it appear? Left empty, it is a draft",
      placeholder: `such as ${nextDay(content, Date.now())}`,
      validate: (value) => ((value ?? "") === "" ? undefined : publishedProblem(value ?? "")),
    }),
  )) || undefined;

async function askAll(): Promise<void> {
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
  await (kind === "chapter" ? newChapter({}) : newBook({}));
  outro("Have a good time writing.");
}

/** The answer; leaving with Ctrl+C changes nothing. */
async function answered(question: Promise<string | symbol>): Promise<string> {
  const value = await question;
  if (isCancel(value)) {
    cancel("Nothing was written.");
    process.exit(1);
  }
  return typeof value === "string" ? value : "";
}

if (process.argv.length > 2) await runCommands(main, commands);
else
  await sayingWhyNot(() => {
    if (!canAsk) throw new Refusal(usage);
    return askAll();
  });
