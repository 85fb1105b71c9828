/** Corrects chapters: the front matter of the next deploy says so. */
import { keyOf, type Volume } from "./shelf.ts";
import type { Town } from "./town.ts";

/** Returns the corrected chapter. */
export function correct(town: Town, volume: Volume): Volume {
  const at = new Date(town.time).toISOString();
  const corrected = { ...volume, corrected: [...new Set([at, ...(volume.corrected ?? [])])] };
  town.volumes = town.volumes.map((other) => (other === volume ? corrected : other));
  town.deploy += 1;
  return corrected;
}

/** Whether a correction is in the front matter of a public chapter. */
export const isDeclared = (town: Town, correction: string): boolean =>
  town.volumes.some((volume) =>
    volume.corrected?.some((at) => `${keyOf(volume)}@${at}` === correction && town.isOnShelf(keyOf(volume))),
  );
