/** Sets up the usual start of a test: a started newsletter, readers, and a chapter that becomes due. */
import { expect } from "vitest";
import type { FakeD1 } from "../../fakes/d1.ts";
import { archiveProblems } from "./archived.ts";
import { settle } from "./calm.ts";
import { brokenPromises } from "./promise.ts";
import type { Wishes } from "./readers.ts";
import type { Volume } from "./shelf.ts";
import { beginning, hour, Town } from "./town.ts";

/** The chapter most tests send, published an hour after the beginning. */
export const cooling: Volume = {
  book: "tea",
  id: "cooling",
  published: new Date(beginning + hour).toISOString(),
};
export const oolong: Volume = { ...cooling, id: "oolong" };
export const roasting: Volume = { ...cooling, book: "coffee", id: "roasting" };
/** Published before anybody subscribed. */
export const history: Volume = { book: "tea", id: "history", published: "2025-03-01T00:00:00.000Z" };

/** A town after its first run, with this many readers, at the time `cooling` is published. */
export async function begin(readers: number, wishes: Wishes = {}, d1?: FakeD1): Promise<Town> {
  const town = new Town(d1);
  town.volumes = [history, cooling];
  await town.tick();
  town.readers.many(readers, wishes);
  town.time = beginning + hour;
  return town;
}

/** Lets everything settle, then checks the delivery guarantees of promise.ts. */
export async function expectPromiseKept(town: Town): Promise<void> {
  await settle(town);
  expect([...brokenPromises(town), ...(await archiveProblems(town))]).toEqual([]);
}
