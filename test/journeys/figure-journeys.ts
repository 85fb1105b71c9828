/** Finds the journey of every figure in the library's books. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { repository } from "../world.ts";
import type { FigureJourney } from "./figure-journey.ts";

/** Books in the library that have operations: test/content/<book>/operations/<figure>.ts. */
export const books = readdirSync(join(repository, "content")).filter((book) =>
  existsSync(join(repository, "test/content", book, "operations")),
);
const files = books.flatMap((book) => {
  const folder = join(repository, "test/content", book, "operations");
  return readdirSync(folder).map((name) => join(folder, name));
});
export const journeys: [string, FigureJourney][] = await Promise.all(
  files.map(async (file) => [basename(file, ".ts"), (await import(file)).journey] as const),
).then((all) => all.map(([name, journey]) => [name, journey]));
