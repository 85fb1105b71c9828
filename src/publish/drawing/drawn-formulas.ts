/** Draws each formula once per process. */
import { createCache } from "../cache/memory-cache.ts";
import type { FormulaPicture } from "../maths/formula-pictures.ts";
import { drawingThreads } from "./drawing-threads.ts";

const remembered = createCache<Promise<readonly FormulaPicture[]>>();

export const formulaPictures = (tex: string, displayed: boolean): Promise<readonly FormulaPicture[]> =>
  remembered(`${displayed ? "D" : "I"}${tex}`, () => drawingThreads().draw({ kind: "formula", tex, displayed }));
