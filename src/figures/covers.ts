/** The covers' ornaments, by the name that a book's `cover` gives. RefreshedBatch in the colour of the stamping, `currentColor`. */

import { attentionCover } from "./covers/attention.ts";
import { graphCover } from "./covers/graph.ts";

export type DrawCover = () => string;

export const covers: Readonly<Record<string, DrawCover>> = { attention: attentionCover, graph: graphCover };
