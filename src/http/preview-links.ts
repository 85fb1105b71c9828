/**
 * Signs and reads links to chapters that are not public yet. A token is `preview~book~id~expiry` and its signature: it
 * shows that one chapter, as in the latest deploy, to anyone with the link, until the link expires or the chapter is
 * public.
 */
import type { Context } from "hono";
import { type SigningKey, signingKeys } from "../env.ts";
import { type Catalogue, type CatalogueEntry, catalogueAt, catalogueOfPreview } from "../library/catalogue.ts";
import type { Words } from "../ui/words/words.ts";
import type { AppEnv } from "./app-env.ts";
import { noStore } from "./cache-control.ts";
import { signText, verifiedText } from "./signing.ts";

/** For how many days a link can be valid; the first is for the author's own preview. */
export const previewDays = [1, 7, 30] as const;
export type PreviewDays = (typeof previewDays)[number];

const dayMs = 86_400_000;

export interface PreviewLink {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Undefined if no signing key is set. `now` in milliseconds. */
export async function signPreview(
  keys: readonly SigningKey[],
  { id }: Pick<CatalogueEntry, "id">,
  days: PreviewDays,
  now: number,
): Promise<PreviewLink | undefined> {
  if (keys.length === 0) return undefined;
  const seconds = Math.floor((now + days * dayMs) / 1000);
  const token = await signText(`preview~${id.replace("/", "~")}~${seconds.toString(36)}`, keys);
  return { token, until: seconds * 1000 };
}

export type Preview =
  | {
      readonly kind: "hidden";
      readonly entry: CatalogueEntry;
      /** What will be public when this chapter is, and the chapter itself; nothing else that is hidden. */
      readonly catalogue: Catalogue;
      readonly until: number;
    }
  /** Its path. */
  | { readonly kind: "public"; readonly path: string }
  /** Invalid, expired, or for a chapter that no longer exists: the response never says which. */
  | { readonly kind: "none" };

export async function readPreview(context: Context<AppEnv>, token: string, now: number): Promise<Preview> {
  const text = await verifiedText(token, signingKeys(context.env));
  const [, book = "", id = "", expiry = ""] =
    /^preview~([a-z0-9-]+)~([a-z0-9-]+)~([0-9a-z]{1,9})$/.exec(text ?? "") ?? [];
  const until = Number.parseInt(expiry, 36) * 1000;
  if (!(until > now)) return { kind: "none" };
  const { manifest } = context.var.catalogue;
  const entry = catalogueAt(now, manifest, true).byId.get(`${book}/${id}`);
  if (!entry) return { kind: "none" };
  // Not the catalogue of this request, which includes unpublished chapters on the author's own machine.
  if (catalogueAt(now, manifest).byPath.has(entry.path)) return { kind: "public", path: entry.path };
  return { kind: "hidden", entry, until, catalogue: catalogueOfPreview(manifest, entry, now) };
}

/** For every response to a preview: not stored, not indexed, and no referrer. */
export function markPrivate(headers: Headers): void {
  headers.set("Cache-Control", noStore);
  headers.set("X-Robots-Tag", "noindex, nofollow");
  headers.set("Referrer-Policy", "no-referrer");
}

/** Text of a preview's banner. */
export const previewWords = ({ preview, dates }: Words, { chapter }: CatalogueEntry, until: number): string =>
  chapter.published === undefined ? preview.draft(dates.moment(until)) : preview.scheduled(dates.moment(until));
