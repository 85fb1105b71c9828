/**
 * Composes a chapter's email as it would be sent now, for `npm run mail` and for preview links, with the same code as
 * editions.
 */
import { type CatalogueEntry, catalogueAt, catalogueOfPreview } from "../../library/catalogue.ts";
import type { Manifest } from "../../library/manifest.ts";
import type { ShelfSources } from "../../library/shelf.ts";
import type { Message } from "../../mail/mailer.ts";
import { cutTemplate, templateOf } from "../template.ts";
import { encodeBatch } from "./batch-body.ts";
import { type Composing, createComposer } from "./compose.ts";

export { darkQuery } from "../../mail/mail-style.ts";

export interface PreviewOrder {
  readonly manifest: Manifest;
  /** Public path of the chapter, which may be a draft. */
  readonly path: string;
  /**
   * Milliseconds. Links to chapters that are not public then are plain text; a scheduled chapter is previewed at its own
   * time.
   */
  readonly now: number;
  readonly origin: string;
  readonly from: string;
  readonly to: string;
  readonly postalAddress: string | undefined;
  readonly readObject: (hash: string) => Uint8Array | undefined;
}

/** Throws if the manifest has no such chapter. */
export async function previewMail({ manifest, path, now, ...order }: PreviewOrder): Promise<Message> {
  const entry = catalogueAt(now, manifest, true).byPath.get(path);
  if (!entry) throw new Error(`There is no chapter at ${path}.`);
  const { origin, from, postalAddress, to } = order;
  const catalogue = catalogueOfPreview(manifest, entry, now);
  return composePreview(
    { catalogue, origin, from, postalAddress, countClicks: false, sources: sourcesOf(order.readObject) },
    entry,
    to,
  );
}

/** The email of a chapter of the catalogue, to that address; its unsubscribe links lead nowhere. */
export async function composePreview(composing: Composing, { id, path }: CatalogueEntry, to: string): Promise<Message> {
  const message = await createComposer(composing)("preview", "each", [id]);
  if (!message) throw new Error(`The chapter at ${path} could not be composed.`);
  const open = { to, subscriber: "preview", preferences: "preview", leave: "preview" };
  const body = encodeBatch([{ template: cutTemplate(templateOf(message)), open }]);
  const [copy] = JSON.parse(new TextDecoder().decode(body)) as [Message];
  return copy;
}

/** The compiler's objects instead of KV; nothing is stored. */
function sourcesOf(readObject: PreviewOrder["readObject"]): ShelfSources {
  const get = async (key: string) => {
    const bytes = readObject(key.replace(/^.*\//, ""));
    return bytes ? new Uint8Array(bytes).buffer : null;
  };
  return {
    kv: { get: get as unknown as KVNamespace["get"], put: async () => undefined },
    assets: { fetch: async () => new Response(null, { status: 404 }) },
    waitUntil: () => undefined,
  };
}
