/** Draws formulas on a worker thread: see formula-threads.ts. */
import { parentPort } from "node:worker_threads";
import { drawFormula, type FormulaPicture } from "./formula-pictures.ts";

export interface Request {
  readonly id: number;
  readonly tex: string;
  readonly displayed: boolean;
}

export interface Reply {
  readonly id: number;
  /** Undefined if drawing failed. */
  readonly pictures: readonly FormulaPicture[] | undefined;
}

parentPort?.on("message", async ({ id, tex, displayed }: Request) => {
  const pictures = await drawFormula(tex, displayed).then(
    // A small buffer is part of a large one, all of which would be copied.
    (drawn) => drawn.map((picture) => ({ ...picture, png: new Uint8Array(picture.png) })),
    () => undefined,
  );
  const reply: Reply = { id, pictures };
  parentPort?.postMessage(reply, pictures?.map(({ png }) => png.buffer) ?? []);
});
