/** Objects of the library for a request, with their kind made sure of. */
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { type LibraryObject, parseObject } from "../library/objects.ts";
import { readObject, type ShelfResult } from "../library/shelf.ts";

/** Thrown when neither KV nor the deploy has an object at this moment; the page says so and asks for patience. */
export class ObjectMissing extends Error {
  constructor(hash: string) {
    super(`Object ${hash} is neither in KV nor among the deployed assets.`);
    this.name = "ObjectMissing";
  }
}

export const readBytes = (context: Context<AppEnv>, hash: string, extension?: string): Promise<ShelfResult> =>
  readObject(
    {
      kv: context.env.SHELF,
      assets: context.env.ASSETS,
      waitUntil: (work) => context.executionCtx.waitUntil(work),
    },
    hash,
    extension,
  );

/** The object of that kind; throws `ObjectMissing`, which `errorPage` turns into a 503. */
export async function readLibraryObject<Kind extends LibraryObject["kind"]>(
  context: Context<AppEnv>,
  hash: string,
  kind: Kind,
): Promise<Extract<LibraryObject, { kind: Kind }>> {
  const result = await readBytes(context, hash);
  if (result.kind === "missing") throw new ObjectMissing(hash);
  const object = parseObject(result.bytes);
  if (object.kind !== kind) throw new Error(`Object ${hash} is a ${object.kind}, not a ${kind}.`);
  return object as Extract<LibraryObject, { kind: Kind }>;
}
