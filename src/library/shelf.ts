/** Reads an object: from the isolate's memory, then KV, then the assets of the deploy. */
import { describe, forgetPacks, readDeployed, verified } from "./deployed-objects.ts";
import { LruCache } from "./lru-cache.ts";

/** The dependencies on the platform, reduced for tests. */
export interface ShelfSources {
  readonly kv: Pick<KVNamespace, "get" | "put">;
  readonly assets: Pick<Fetcher, "fetch">;
  /** Lets the write to KV continue after the response: `ExecutionContext.waitUntil`. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** `missing`: neither KV nor the assets could provide it; a later attempt may succeed. */
export type ShelfResult = { readonly kind: "found"; readonly bytes: Uint8Array } | { readonly kind: "missing" };

const megabyte = 1024 * 1024;
const remembered = new LruCache<{ bytes: Uint8Array; size: number }>(24 * megabyte);

export const shelfPrefix = "object/";
export const shelfKey = (hash: string): string => `${shelfPrefix}${hash}`;

/**
 * The bytes with this hash. They are verified, so a value that was truncated, or written by anything else, is treated as
 * absent and replaced.
 */
export async function readObject(sources: ShelfSources, hash: string, extension = "json"): Promise<ShelfResult> {
  const known = remembered.get(hash);
  if (known) return { kind: "found", bytes: known.bytes };

  const kept = await fromKv(sources, shelfKey(hash), hash);
  return kept === undefined || kept === "absent" ? readUnshelved(sources, hash, extension) : remember(hash, kept);
}

/** An asset is copied to KV when it is first read. */
async function readUnshelved(sources: ShelfSources, hash: string, extension: string): Promise<ShelfResult> {
  const bytes = await readDeployed(sources.assets, hash, extension);
  if (bytes === undefined) return { kind: "missing" };
  sources.waitUntil(shelve(sources, hash, bytes));
  return remember(hash, bytes);
}

/**
 * Reads an object and the text under another key in one call to KV
 * (https://developers.cloudflare.com/kv/api/read-key-value-pairs/, "bulk get"). Throws if KV fails, because the text has
 * no other source.
 */
export async function readObjectBeside(
  sources: ShelfSources,
  hash: string,
  key: string,
): Promise<{ readonly object: ShelfResult; readonly beside: string | null }> {
  const known = remembered.get(hash);
  if (known) return { object: { kind: "found", bytes: known.bytes }, beside: await sources.kv.get(key) };
  const values = await sources.kv.get([key, shelfKey(hash)]);
  const shelved = values.get(shelfKey(hash));
  const bytes = shelved == null ? undefined : await verified(encode(shelved), hash, "KV");
  const object = bytes ? remember(hash, bytes) : await readUnshelved(sources, hash, "json");
  return { object, beside: values.get(key) ?? null };
}

const encode = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer as ArrayBuffer;

/** `absent`: KV has no such key, so a retry is useless. */
export type KvResult = ShelfResult | { readonly kind: "absent" };

/** The bytes under a KV key, if they match the hash. No other source is tried. */
export async function readVerified(sources: ShelfSources, key: string, hash: string): Promise<KvResult> {
  const known = remembered.get(hash);
  if (known) return { kind: "found", bytes: known.bytes };
  const bytes = await fromKv(sources, key, hash);
  if (bytes === "absent") return { kind: "absent" };
  return bytes === undefined ? { kind: "missing" } : remember(hash, bytes);
}

/** Empties the isolate's memory, for tests. */
export function forgetObjects(): void {
  remembered.clear();
  forgetPacks();
}

function remember(hash: string, bytes: Uint8Array): ShelfResult {
  remembered.set(hash, { bytes, size: bytes.byteLength });
  return { kind: "found", bytes };
}

/** Undefined if KV failed or the bytes do not match. */
async function fromKv({ kv }: ShelfSources, key: string, hash: string): Promise<Uint8Array | "absent" | undefined> {
  try {
    // Objects never change, so KV may cache them at the edge for a day.
    const value = await kv.get(key, { type: "arrayBuffer", cacheTtl: 86_400 });
    return value === null ? "absent" : await verified(value, hash, "KV");
  } catch (error) {
    console.warn(`KV could not be read (${describe(error)}), falling back to another source for ${hash}.`);
    return undefined;
  }
}

async function shelve({ kv }: ShelfSources, hash: string, bytes: Uint8Array): Promise<void> {
  try {
    await kv.put(shelfKey(hash), bytes);
  } catch (error) {
    console.warn(`KV rejected the write of ${hash} (${describe(error)}); the next cold read will retry.`);
  }
}
