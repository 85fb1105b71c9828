/** Loses calls of the fake D1, or only their responses. */
import type { Around } from "../../fakes/d1.ts";

/** What happens to a call: its response may be lost although it was carried out. */
export type Luck = "lost" | "answer lost" | undefined;

/** `luckOf` is asked for each call. */
export const unlucky =
  (luckOf: (call: Parameters<Around>[0]) => Luck): Around =>
  async (call, work) => {
    const luck = luckOf(call);
    if (luck === "lost") throw new Error("D1_ERROR: Network connection lost.");
    const result = work();
    if (luck === "answer lost") throw new Error("D1_ERROR: Network connection lost.");
    return result;
  };
