/** Reads objects of the library for a request and checks their kind. */
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { type ChapterObject, parseChapter } from "../library/chapter-object.ts";
import { type FeedIdentities, feedIdentitiesKey, parseFeedIdentities } from "../library/feed-identities.ts";
import { type FeedObject, type LibraryObject, parseObject } from "../library/objects.ts";
import { readObject, readObjectBeside, type ShelfResult } from "../library/shelf.ts";

/** Thrown if neither KV nor the deploy has an object. `errorPage` turns it into a 503. */
export class ObjectMissing extends Error {
  constructor(hash: string, cause?: unknown) {
    super(`Object ${hash} is neither in KV nor among the deployed assets.`, { cause });
    this.name = "ObjectMissing";
  }
}

export const readBytes = (context: Context<AppEnv>, hash: string, extension?: string): Promise<ShelfResult> =>
  readObject(sourcesOf(context), hash, extension);

const sourcesOf = (context: Context<AppEnv>) => ({
  kv: context.env.SHELF,
  assets: context.env.ASSETS,
  waitUntil: (work: Promise<unknown>) => context.executionCtx.waitUntil(work),
});

/**
 * A feed and the ids of its entries. Throws if the ids cannot be read: with other ids, feed readers would show old
 * entries as new.
 */
export async function readFeed(
  context: Context<AppEnv>,
  hash: string,
): Promise<{ readonly feed: FeedObject; readonly identities: FeedIdentities }> {
  const { object, beside } = await readObjectBeside(sourcesOf(context), hash, feedIdentitiesKey).catch(
    (error: unknown) => {
      throw new ObjectMissing(feedIdentitiesKey, error);
    },
  );
  return { feed: objectOf(object, hash, "feed"), identities: parseFeedIdentities(beside) };
}

/** The ids of a feed that needs no object. Throws as `readFeed` does. */
export async function readFeedIdentities({ env }: Context<AppEnv>): Promise<FeedIdentities> {
  const json = await env.SHELF.get(feedIdentitiesKey).catch((error: unknown) => {
    throw new ObjectMissing(feedIdentitiesKey, error);
  });
  return parseFeedIdentities(json);
}

/** The object of a chapter. Throws `ObjectMissing`. */
export const readChapter = async (context: Context<AppEnv>, hash: string): Promise<ChapterObject> =>
  parseChapter(bytesOf(await readBytes(context, hash, "chapter"), hash));

/** A chapter as Markdown. Throws `ObjectMissing`. */
export const readMarkdown = async (context: Context<AppEnv>, hash: string): Promise<string> =>
  new TextDecoder().decode(bytesOf(await readBytes(context, hash, "md"), hash));

/** The files of a pack (library/file-pack.ts). Throws `ObjectMissing`. */
export const readPack = async (context: Context<AppEnv>, hash: string): Promise<Uint8Array> =>
  bytesOf(await readBytes(context, hash, "bin"), hash);

/** The object with this hash and kind. Throws `ObjectMissing`. */
export async function readLibraryObject<Kind extends LibraryObject["kind"]>(
  context: Context<AppEnv>,
  hash: string,
  kind: Kind,
): Promise<Extract<LibraryObject, { kind: Kind }>> {
  return objectOf(await readBytes(context, hash), hash, kind);
}

function objectOf<Kind extends LibraryObject["kind"]>(
  result: ShelfResult,
  hash: string,
  kind: Kind,
): Extract<LibraryObject, { kind: Kind }> {
  const object = parseObject(bytesOf(result, hash));
  if (object.kind !== kind) throw new Error(`Object ${hash} is a ${object.kind}, not a ${kind}.`);
  return object as Extract<LibraryObject, { kind: Kind }>;
}

function bytesOf(result: ShelfResult, hash: string): Uint8Array {
  if (result.kind === "missing") throw new ObjectMissing(hash);
  return result.bytes;
}
