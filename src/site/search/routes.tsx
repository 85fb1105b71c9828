/** Serves the search: a page, and the same results as JSON. Its files come from the deploy's assets, never from KV. */
import { type Context, Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { noStore, revalidate } from "../../http/cache-control.ts";
import { href, pattern } from "../../routes.ts";
import { countedWords } from "../../search/counted-words.ts";
import { shortenQuery } from "../../search/parse-query.ts";
import { chosenBook } from "../chosen-book.ts";
import { retryAfterSeconds } from "../error-pages.tsx";
import { describeAnswer } from "./describe-results.ts";
import { type Example, findExamples } from "./examples.ts";
import type { LibraryAnswer, LibrarySearch, SearchRequest } from "./library-search.ts";
import { renderOpenSearch } from "./open-search.ts";
import type { SearchFiles } from "./search-files.ts";
import { SearchPage } from "./search-page.tsx";

/** Counts the words of a search that found nothing. */
export type CountMissed = (context: Context<AppEnv>, words: readonly string[]) => void;

/** `files`: those that `search` reads. */
export function searchRoutes(files: SearchFiles, search: LibrarySearch, countMissed: CountMissed): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get(pattern.search, async (context) => {
    const { catalogue, words } = context.var;
    const request = readRequest(context);
    const found = await search.find(context.env.ASSETS, catalogue, request);
    if (!found) setUnavailable(context);
    else context.header("Cache-Control", revalidate);
    const answer = found && describeAnswer(words, request, found);
    // Only the page, not JSON: its query is complete. Enter in the palette leads to the page if nothing was found.
    if (found && isMissed(request, found)) countMissed(context, countedWords(request.text));
    const examples = request.text === "" ? await examplesOf(context, files) : [];
    return context.html(<SearchPage page={context.var} {...{ request, answer, examples }} />);
  });

  routes.get(pattern.searchJson, async (context) => {
    const { catalogue, words } = context.var;
    const request = readRequest(context);
    const found = await search.find(context.env.ASSETS, catalogue, request);
    if (found) return context.json(describeAnswer(words, request, found), 200, { "Cache-Control": revalidate });
    setUnavailable(context);
    return context.json({ query: request.text, message: words.search.unavailable, results: [] });
  });

  routes.get(href.openSearch(), (context) => {
    context.header("Cache-Control", revalidate);
    return context.body(renderOpenSearch(context.var), 200, {
      "Content-Type": "application/opensearchdescription+xml; charset=utf-8",
    });
  });

  return routes;
}

function readRequest(context: Context<AppEnv>): SearchRequest {
  const { req } = context;
  return {
    text: shortenQuery(req.query("q") ?? ""),
    book: chosenBook(context),
    isExact: req.query("exact") === "1",
    isUnfinished: req.query("typing") === "1",
  };
}

/** Of the whole library: a word may well be in another book. */
const isMissed = ({ text, book }: SearchRequest, { chapters }: LibraryAnswer): boolean =>
  text !== "" && book === undefined && chapters.length === 0;

function setUnavailable(context: Context<AppEnv>): void {
  context.status(503);
  context.header("Cache-Control", noStore);
  context.header("Retry-After", String(retryAfterSeconds));
}

const examplesOf = ({ env, var: { catalogue } }: Context<AppEnv>, files: SearchFiles): Promise<readonly Example[]> =>
  findExamples(catalogue, (hash) => files.read(env.ASSETS, hash));
