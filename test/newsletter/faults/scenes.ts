/** Scripts overlapping runs: which run continues, up to which of its steps, and what happens there. */
import { watermarkKey } from "../../../src/editions/sending/claim-watermark.ts";
import type { Choose, Step } from "./turns.ts";

/** The run continues to its next step that matches `until` (or to its end), then `happens` is called. */
export type Scene = readonly [run: number, until?: ((step: Step) => boolean) | undefined, happens?: () => unknown];

/** Plays the scenes in order. All steps succeed; any faults come from the provider. */
export function inScenes(...scenes: readonly Scene[]): Choose {
  const left = [...scenes];
  return (waiting) => {
    for (let [scene] = left; scene; [scene] = left) {
      const [run, until, happens] = scene;
      const index = waiting.findIndex((step) => step.run === run);
      const step = waiting[index];
      if (step && !until?.(step)) return { index, fate: "done" };
      happens?.();
      left.shift();
    }
    return { index: 0, fate: "done" };
  };
}

export const claims = ({ text }: Step): boolean => text.includes("SET claims = claims + 1");
export const seals = ({ text }: Step): boolean => text.includes("INSERT INTO batches");
export const notesInJournal = ({ what, text }: Step): boolean => what === "kv put" && text === watermarkKey;
/** Recording the provider's response. */
export const records = ({ what, text }: Step): boolean =>
  what === "write" && /UPDATE deliveries SET provider_id|UPDATE batches SET next_attempt_at|'split'/.test(text);
