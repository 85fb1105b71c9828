/** Lists every output of a release, in the order of their entries in the manifest. */
import { decks } from "./decks.ts";
import { feeds } from "./feeds.ts";
import { frontPage } from "./front-page.ts";
import { fullTexts } from "./full-texts.ts";
import { indexOfTerms } from "./index-of-terms.ts";
import { map } from "./map.ts";
import { notation } from "./notation.ts";
import type { Output } from "./output.ts";
import { recall } from "./recall.ts";
import { searchIndex } from "./search-index.ts";
import { shareImage } from "./share-image.ts";

export const allOutputs: readonly Output[] = [
  frontPage,
  feeds,
  notation,
  indexOfTerms,
  recall,
  decks,
  map,
  searchIndex,
  shareImage,
  fullTexts,
];
