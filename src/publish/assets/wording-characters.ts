/**
 * Collects the characters of the interface's wording, to subset the fonts. Reads the source of the language instead of
 * calling its entries: whatever their arguments, every character they can return is in the source.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { formatsOf } from "../../ui/words/formats.ts";
import type { Words } from "../../ui/words/words.ts";
import { createCache } from "../cache/memory-cache.ts";

const dayMs = 86_400_000;
const syntax = /[{}[\]|\\^~<>#$*`]/g;

/** By language. */
const remembered = createCache<ReadonlySet<string>>();

export const wordingCharacters = (words: Words): ReadonlySet<string> =>
  remembered(words.language, () => readCharacters(words));

function readCharacters(words: Words): ReadonlySet<string> {
  const folder = join(import.meta.dirname, "../../ui/words");
  const source = readdirSync(folder)
    .filter((name) => name === `${words.language}.ts` || name.startsWith(`${words.language}-`))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("");
  // Signs of TypeScript count only inside strings, where they are wording.
  const strings = source.replace(/\$\{[^{}`]*\}/g, "").match(/"[^"\\\n]*"|`[^`\\]*`/g) ?? [];
  const shown = source.replace(syntax, "") + strings.map((text) => text.slice(1, -1)).join("");
  const escaped = [...source.matchAll(/\\u(?:\{([0-9a-f]+)\}|([0-9a-f]{4}))/gi)].map(([, long, short]) =>
    String.fromCodePoint(Number.parseInt(long ?? short ?? "", 16)),
  );
  const { number, list } = formatsOf(words.language);
  // Output of Intl is not in the source: digits and separators, a list's conjunction, names of months and weekdays.
  const written = [number(1_234_567_890), list(["", "", ""]), ...Object.values(words.dates).flatMap(everyDay)];
  return new Set([...shown, ...escaped, ...written.join("")].filter((character) => character.trim() !== ""));
}

/** Every day of a year, at varying hours. */
const everyDay = (format: (instant: number) => string): string[] =>
  Array.from({ length: 366 }, (_, day) => format(Date.UTC(2028, 0, 1) + day * dayMs + (day % 24) * 3_600_000));
