/** Renders the responses 404, 405, 500 and 503. */
import { distance } from "fastest-levenshtein";
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { noStore } from "../http/cache-control.ts";
import type { Catalogue, CatalogueEntry } from "../library/catalogue.ts";
import { ErrorFrame } from "../ui/error-page.tsx";
import { ObjectMissing } from "./read-object.ts";

export const retryAfterSeconds = 30;

export function notFoundPage(context: Context<AppEnv>): Response | Promise<Response> {
  const { catalogue, words } = context.var;
  const { method, path } = context.req;
  if (method !== "GET" && method !== "HEAD") {
    return context.text(`${words.errors.onlyGet}\n`, 405, {
      Allow: "GET, HEAD",
      "Cache-Control": noStore,
    });
  }
  const near = nearestEntries(catalogue, path);
  return context.html(
    <ErrorFrame page={context.var} code="404" title={words.errors.notFound}>
      <p>{words.errors.noPage}</p>
      {near.length > 0 && (
        <>
          <p>{words.errors.near}</p>
          <ul>
            {near.map((entry) => (
              <li>
                <a href={entry.path} dir="auto">
                  {entry.chapter.title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </ErrorFrame>,
    404,
    { "Cache-Control": noStore },
  );
}

export function errorPage(error: Error, context: Context<AppEnv>): Response | Promise<Response> {
  // If the settings are invalid, there is no catalogue to render a page with.
  if (context.var.catalogue === undefined) {
    return context.text(`${error.message}\n`, 500, { "Cache-Control": noStore });
  }
  const words = context.var.words.errors;
  if (error instanceof ObjectMissing) {
    return context.html(
      <ErrorFrame page={context.var} code="503" title={words.unavailable}>
        <p>{words.notLoaded(retryAfterSeconds)}</p>
      </ErrorFrame>,
      503,
      { "Cache-Control": noStore, "Retry-After": String(retryAfterSeconds) },
    );
  }
  return context.html(
    <ErrorFrame page={context.var} code="500" title={words.failed}>
      <p>{words.logged}</p>
    </ErrorFrame>,
    500,
    { "Cache-Control": noStore },
  );
}

const shownNear = 3;

/** Public chapters with a slug similar to the last part of the path, most similar first. */
function nearestEntries(catalogue: Catalogue, path: string): CatalogueEntry[] {
  const parts = path.toLowerCase().split("/").filter(Boolean);
  const wanted = (parts.at(-1) ?? "").slice(0, 80).replace(/\.\w+$/, "");
  if (wanted.length < 3) return [];
  return [...catalogue.byPath.values()]
    .map((entry) => {
      const slug = entry.isOverview ? entry.book.slug : entry.chapter.slug;
      const away = slug.includes(wanted) || wanted.includes(slug) ? 1 : distance(slug, wanted);
      return { entry, away };
    })
    .filter(({ away }) => away <= Math.max(2, wanted.length / 3))
    .sort((a, b) => a.away - b.away)
    .slice(0, shownNear)
    .map(({ entry }) => entry);
}
