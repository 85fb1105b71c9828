/** Calls the tools of the MCP endpoint. They read what the pages read, so nothing is found that a reader could not open. */
import type { Context } from "hono";
import * as v from "valibot";
import type { AppEnv } from "../../http/app-env.ts";
import type { CatalogueEntry } from "../../library/catalogue.ts";
import type { Book } from "../../library/manifest.ts";
import { shortenQuery } from "../../search/parse-query.ts";
import type { TextContext } from "../../ui/page-context.ts";
import type { SearchResponse } from "../../ui/search-response.ts";
import { markdownAt } from "../addresses.ts";
import { canonicalPath } from "../canonical-paths.ts";
import { renderMarkdown } from "../chapter-markdown.ts";
import { renderBooks } from "../llms.ts";
import { ObjectMissing, readMarkdown } from "../read-object.ts";
import { describeAnswer } from "../search/describe-results.ts";
import type { LibrarySearch } from "../search/library-search.ts";
import { describeFound, formulasOf } from "./describe-found.ts";
import { failure, type ToolName, type ToolResult, textResult, toolParameters } from "./tools.ts";

/** `parameters` are the arguments as the client sent them. */
export async function callTool(
  context: Context<AppEnv>,
  search: LibrarySearch,
  name: ToolName,
  parameters: unknown,
): Promise<ToolResult> {
  const { errors } = context.var.words.mcp;
  const parsed = v.safeParse(v.object({ book: v.optional(v.string()) }), parameters);
  const slug = parsed.success ? parsed.output.book : undefined;
  const book = context.var.catalogue.books.find((each) => each.slug === slug);
  switch (name) {
    case "search": {
      const asked = v.safeParse(toolParameters.search, parameters);
      if (!asked.success) return invalid(context.var, asked.issues);
      if (slug !== undefined && !book) return failure(errors.noBook);
      return searchText(context, search, asked.output.query, book);
    }
    case "find_formula": {
      const asked = v.safeParse(toolParameters.find_formula, parameters);
      if (!asked.success) return invalid(context.var, asked.issues);
      if (slug !== undefined && !book) return failure(errors.noBook);
      return findFormula(context, search, asked.output.formula, book);
    }
    case "list_books": {
      const asked = v.safeParse(toolParameters.list_books, parameters);
      if (!asked.success) return invalid(context.var, asked.issues);
      if (slug !== undefined && !book) return failure(errors.noBook);
      return textResult(renderBooks(context.var, book));
    }
    case "read_chapter": {
      const asked = v.safeParse(toolParameters.read_chapter, parameters);
      return asked.success ? readChapter(context, asked.output.chapter) : invalid(context.var, asked.issues);
    }
  }
}

const invalid = ({ words }: TextContext, issues: readonly v.BaseIssue<unknown>[]): ToolResult =>
  failure(words.mcp.errors.invalidArguments(issues.map((issue) => v.getDotPath(issue) ?? "arguments")));

async function searchText(
  context: Context<AppEnv>,
  search: LibrarySearch,
  query: string,
  book: Book | undefined,
): Promise<ToolResult> {
  const { origin, words } = context.var;
  const found = await find(context, search, query, book);
  if (!found) return failure(words.search.unavailable);
  return textResult(describeFound(found, origin) ?? `${found.message} ${words.search.hint}`);
}

/** A formula that is a single name looks like a word, unless it is marked as TeX. */
async function findFormula(
  context: Context<AppEnv>,
  search: LibrarySearch,
  formula: string,
  book: Book | undefined,
): Promise<ToolResult> {
  const { origin, words } = context.var;
  const tex = formula.replace(/^\s*\$+|\$+\s*$/g, "");
  const found = await find(context, search, `$${tex}$`, book);
  if (!found) return failure(words.search.unavailable);
  const results = formulasOf(found.results);
  const message = words.search.found(results.length);
  return textResult(describeFound({ ...found, message, results }, origin) ?? words.search.nothing(tex));
}

/** Undefined if the index is unavailable. */
async function find(
  { env, var: { catalogue, words } }: Context<AppEnv>,
  search: LibrarySearch,
  query: string,
  book: Book | undefined,
): Promise<SearchResponse | undefined> {
  const request = { text: shortenQuery(query), book, isExact: false, isUnfinished: false };
  const answer = await search.find(env.ASSETS, catalogue, request);
  return answer && describeAnswer(words, request, answer);
}

async function readChapter(context: Context<AppEnv>, name: string): Promise<ToolResult> {
  const { errors } = context.var.words.mcp;
  const entry = entryAt(context.var, name);
  if (!entry) return failure(errors.noChapter);
  try {
    const markdown = await readMarkdown(context, entry.chapter.markdown);
    return textResult(renderMarkdown(context.var, entry, markdown));
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error;
    console.error(error.message);
    return failure(errors.unavailable);
  }
}

/** `name`: `book/chapter`, a path or a URL of the page or of its Markdown, also a former one, with or without a fragment. */
function entryAt({ catalogue, origin }: TextContext, name: string): CatalogueEntry | undefined {
  const url = URL.parse(name, `${origin}/`);
  if (url?.origin !== origin) return undefined;
  const path = canonicalPath(catalogue, url.pathname);
  return path === undefined ? undefined : (catalogue.byPath.get(path) ?? markdownAt(catalogue, path));
}
