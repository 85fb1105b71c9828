/** Draws each formula once per process. */
import { createCache } from "../cache/memory-cache.ts";
import type { FormulaPicture } from "../maths/formula-pictures.ts";
import { drawingThreads } from "./drawing-threads.ts";

/** A thousand chapters have some ten thousand different ones, and drawing takes most of the time of compiling. */
const maxRemembered = 16_000;
const remembered = createCache<Promise<readonly FormulaPicture[]>>(maxRemembered);

export const formulaPictures = (tex: string, displayed: boolean): Promise<readonly FormulaPicture[]> =>
  remembered(`${displayed ? "D" : "I"}${tex}`, () => drawingThreads().draw({ kind: "formula", tex, displayed }));
