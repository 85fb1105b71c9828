/** The covers' ornaments, by the name that a book's `cover` gives. Drawn in the colour of the stamping, `currentColor`. */

export type DrawCover = () => string;

import { graphCover } from "./covers/graph.ts";

export const covers: Readonly<Record<string, DrawCover>> = { graph: graphCover };
