/**
 * A chapter's mail as it would go out now, for `npm run mail`: composed by what composes editions. Bundled when the
 * command runs, with nothing of the platform in it.
 */
import { catalogueAt, publicationTime } from "../library/catalogue.ts";
import type { Manifest } from "../library/manifest.ts";
import type { ShelfSources } from "../library/shelf.ts";
import type { Message } from "../mail/mailer.ts";
import { createComposer } from "./compose.ts";
import { cutTemplate, fillTemplate, templateOf } from "./template.ts";

export { darkQuery } from "../mail/mail-style.ts";

export interface PreviewOrder {
  readonly manifest: Manifest;
  /** Public path of the chapter, which may be a draft. */
  readonly path: string;
  /** Milliseconds. Links to chapters that are not public then are plain words; a scheduled chapter is seen at its own time. */
  readonly now: number;
  readonly origin: string;
  readonly from: string;
  readonly to: string;
  readonly postalAddress: string | undefined;
  readonly readObject: (hash: string) => Uint8Array | undefined;
}

/** Throws where the manifest has no such chapter. */
export async function previewMail({ manifest, path, now, ...order }: PreviewOrder): Promise<Message> {
  const place = catalogueAt(now, manifest, true).places.get(path);
  if (!place) throw new Error(`There is no chapter at ${path}.`);
  const due = publicationTime(place.chapter);
  const catalogue = catalogueAt(Number.isFinite(due) ? Math.max(now, due) : now, manifest);
  const compose = createComposer({
    catalogue: { ...catalogue, places: new Map([...catalogue.places, [path, place]]) },
    origin: order.origin,
    from: order.from,
    postalAddress: order.postalAddress,
    countClicks: false,
    sources: sourcesOf(order.readObject),
  });
  const message = await compose("preview", "each", [`${place.book.slug}/${place.chapter.id}`]);
  if (!message) throw new Error(`The chapter at ${path} could not be composed.`);
  const values = { to: order.to, subscriber: "preview", preferences: "preview", leave: "preview" };
  return JSON.parse(fillTemplate(cutTemplate(templateOf(message)), values)) as Message;
}

/** The compiler's objects in the place of KV: nothing else is there, and nothing is kept. */
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
