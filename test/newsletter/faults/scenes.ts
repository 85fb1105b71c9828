/** Overlapping runs as a script: which of them goes on, up to which of its steps, and what happens there. */
import { watermarkKey } from "../../../src/editions/sending/claim-watermark.ts";
import type { Choose, Step } from "./turns.ts";

/** The run goes on until its next step is one like that (or to its end), and then something happens. */
export type Scene = readonly [run: number, until?: ((step: Step) => boolean) | undefined, happens?: () => unknown];

/** One scene after the other. Nothing fails; what does has to be done by those who answer. */
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
/** What the answer of the provider came to. */
export const records = ({ what, text }: Step): boolean =>
  what === "write" && /UPDATE deliveries SET provider_id|UPDATE batches SET next_attempt_at|'split'/.test(text);
