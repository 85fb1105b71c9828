/** `npm run new`: creates a chapter or a book from a template. In a terminal, asks for missing values. */
import { join } from "node:path";
import { cancel, intro, isCancel, outro, select, text } from "@clack/prompts";
import { Command } from "@commander-js/extra-typings";
import { CommandError } from "../command-error.ts";
import { runCommand, sayingWhyNot } from "../command-line.ts";
import { checkBook, createBook, createChapter, listBooks, nextDay, publishedProblem, slugOf } from "../new-text.ts";

const content = join(process.cwd(), "content");

const published = "A date, a time with offset, or `next` (the next free day); without it, a draft";

const command = new Command("npm run new --").description(
  "Creates a chapter or a book in content/; in a terminal, asks for missing values",
);
command
  .command("chapter")
  .description("Creates a chapter and adds it to its book's table of contents")
  .argument("[book]", "Slug of the book")
  .argument("[slug]", "Slug of the chapter (default: from the title)")
  .option("--title <title>", "The title, in quotes")
  .option("--excerpt <text>", "One or two sentences that make a reader want to continue")
  .option("--needs <slugs>", "Prerequisites: slug,book/slug")
  .option("--published <date>", published)
  .action((book, slug, options) => newChapter({ book, slug, ...options }));
command
  .command("book")
  .description("Creates a book with its overview")
  .argument("[slug]", "Slug of the book (default: from the title)")
  .option("--title <title>", "The title, in quotes")
  .option("--blurb <text>", "One or two sentences for the home page")
  .option("--published <date>", published)
  .action((slug, options) => newBook({ slug, ...options }));

type Given<Name extends string> = { readonly [name in Name]?: string | undefined };

const canAsk = process.stdin.isTTY && process.stdout.isTTY;
const usage =
  'Specify what to create:\n  npm run new -- chapter transformers alibi --title "ALiBi: Attention with Linear Biases"\n  npm run new -- book diffusion --title "Diffusion Models"';

const untitled = 'Pass a title in quotes: --title "…"';

async function newChapter(given: Given<"book" | "slug" | "title" | "excerpt" | "needs" | "published">): Promise<void> {
  const book = given.book ?? (await asked(askBook));
  checkBook(content, book);
  const named = given.title ?? (await asked(askTitle, untitled));
  const isAsking = given.title === undefined;
  const slug = given.slug ?? (isAsking ? await askSlug(named) : slugOf(named));
  const excerpt =
    given.excerpt ??
    (isAsking ? await askLine("Excerpt? One or two sentences that make a reader want to continue") : undefined);
  const needs = given.needs ?? (isAsking ? await askLine("Prerequisites? Slugs, separated by commas") : undefined);
  const list = needs
    ?.split(",")
    .map((need) => need.trim())
    .filter(Boolean);
  const date = dateOf(given.published) ?? (isAsking ? await askDate() : undefined);
  console.log(createChapter(content, book, slug, { title: named, excerpt, needs: list, published: date }));
  if (date === undefined) console.log(`The next free day is ${nextDay(content, Date.now())}.`);
}

async function newBook(given: Given<"slug" | "title" | "blurb" | "published">): Promise<void> {
  const named = given.title ?? (await asked(askTitle, untitled));
  const isAsking = given.title === undefined;
  const slug = given.slug ?? (isAsking ? await askSlug(named) : slugOf(named));
  const blurb = given.blurb ?? (isAsking ? await askLine("One or two sentences for the home page?") : undefined);
  console.log(createBook(content, slug, { title: named, blurb, published: dateOf(given.published) }));
}

const dateOf = (given: string | undefined): string | undefined =>
  given === "next" ? nextDay(content, Date.now()) : given;

function asked(question: () => Promise<string>, otherwise = usage): Promise<string> {
  if (!canAsk) throw new CommandError(otherwise);
  return question();
}

function askBook(): Promise<string> {
  const books = listBooks(content);
  if (books.length === 0)
    throw new CommandError('There are no books yet. Create one first: npm run new -- book tea --title "Tea"');
  return answered(select({ message: "In which book?", options: books.map((value) => ({ value, label: value })) }));
}

const askTitle = (): Promise<string> =>
  answered(
    text({
      message: "Title?",
      validate: (value) => ((value ?? "").trim() === "" ? "A title is required." : undefined),
    }),
  );

const askSlug = (named: string): Promise<string> => answered(text({ message: "Slug?", initialValue: slugOf(named) }));

const askLine = async (message: string): Promise<string | undefined> =>
  (await answered(text({ message, placeholder: "optional" }))) || undefined;

const askDate = async (): Promise<string | undefined> =>
  (await answered(
    text({
      message: "Publication date? Leave empty for a draft",
      placeholder: `such as ${nextDay(content, Date.now())}`,
      validate: (value) => ((value ?? "") === "" ? undefined : publishedProblem(value ?? "")),
    }),
  )) || undefined;

async function askAll(): Promise<void> {
  intro("New content");
  const kind = await answered(
    select({
      message: "What do you want to create?",
      options: [
        { value: "chapter", label: "A chapter" },
        { value: "book", label: "A book" },
      ],
    }),
  );
  await (kind === "chapter" ? newChapter({}) : newBook({}));
  outro("Happy writing.");
}

/** Returns the answer; Ctrl+C exits without changing anything. */
async function answered(question: Promise<string | symbol>): Promise<string> {
  const value = await question;
  if (isCancel(value)) {
    cancel("Nothing was created.");
    process.exit(1);
  }
  return typeof value === "string" ? value : "";
}

if (process.argv.length > 2) await runCommand(command);
else
  await sayingWhyNot(() => {
    if (!canAsk) throw new CommandError(usage);
    return askAll();
  });
