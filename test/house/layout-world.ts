/**
 * Opens a library with everything that can be shown in a browser: a newsletter with a local inbox, the author's desk, a
 * subscriber.
 */
import { build } from "esbuild";
import { createInbox } from "../../src/mail/inbox.ts";
import { href } from "../../src/routes.ts";
import { deskPresent } from "../desk/author-browser.ts";
import { freePort } from "../journeys/browser.ts";
import type { ReaderPage } from "../journeys/reader-page.ts";
import { ownLibrary } from "../own-library.ts";
import { openWorld, type World } from "../world.ts";

/** A phone, a tablet and a window, and both sides of each breakpoint. */
export const widths = [320, 390, 768, 960, 1024, 1199, 1200, 1280] as const;

/** With the newsletter and the desk enabled, as on the author's machine. */
export async function openLayoutWorld(folder = ownLibrary, now = deskPresent): Promise<World> {
  const port = await freePort();
  const world = await openWorld(folder, {
    now,
    port,
    identity: { email: "author@localhost" },
    settings: {
      ORIGIN: `http://127.0.0.1:${port}`,
      DESK_OPEN: "local",
      MAIL_INBOX: "yes",
      TOKEN_KEYS: `k1:${"x".repeat(40)}`,
      MAIL_FROM: "Library <letters@library.example>",
    },
  });
  await world.setClock(now);
  return world;
}

/** Every public page in the sitemap: the library's own, the books, and the chapters. */
export async function publicPaths(world: World): Promise<string[]> {
  const { body } = await world.get(world.url + href.sitemap());
  return [...body.matchAll(/<loc>([^<]+)/g)].map(([, url = ""]) => new URL(url).pathname);
}

/** Path of a link of that kind in an email in the local inbox. */
export async function mailedLink(world: World, kind: "confirm" | "preferences" | "leave"): Promise<string> {
  const inbox = createInbox(await world.shelf());
  const texts = await Promise.all((await inbox.list()).map(async ({ id }) => (await inbox.get(id))?.text ?? ""));
  const path = new RegExp(`/newsletter/${kind}/\\S+`).exec(texts.join("\n"))?.[0];
  if (path === undefined) throw new Error(`No link of the kind "${kind}" in the inbox:\n${texts.join("\n")}`);
  return path;
}

let script: Promise<string> | undefined;
const layoutScript = async (): Promise<string> => {
  script ??= build({
    entryPoints: [`${import.meta.dirname}/layout/faults.ts`],
    bundle: true,
    write: false,
    format: "iife",
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? "");
  return script;
};

/**
 * Lists the layout faults of the open page at every width, each with its location. The page is loaded once and resized.
 */
export async function layoutFaults(page: ReaderPage, at: readonly number[] = widths): Promise<string[]> {
  const widthsOf = new Map<string, number[]>();
  // Collapsed content is part of the page.
  await page.evaluate(
    "for (const each of document.querySelectorAll('details')) each.open = true; document.fonts.ready",
  );
  await page.evaluate(await layoutScript());
  for (const width of at) {
    await page.setViewportSize({ width, height: 900 });
    for (const fault of await page.evaluate<string[]>("layoutFaults()")) {
      widthsOf.set(fault, [...(widthsOf.get(fault) ?? []), width]);
    }
  }
  return [...widthsOf].map(([fault, list]) => `${fault} at ${list.join(", ")} px`);
}

/** Lists the faults of the open page, which was loaded without its styles. */
export async function unstyledFaults(page: ReaderPage): Promise<string[]> {
  await page.evaluate(await layoutScript());
  return page.evaluate<string[]>("unstyledFaults()");
}
