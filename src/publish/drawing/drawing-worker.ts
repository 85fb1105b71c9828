/** Draws on a worker thread: see drawing-threads.ts. */
import { parentPort } from "node:worker_threads";
import { type Drawing, type Drawn, draw } from "./draw.ts";

export interface Request {
  readonly id: number;
  readonly drawing: Drawing;
}

export interface Reply {
  readonly id: number;
  /** Undefined if drawing failed. */
  readonly drawn: Drawn<Drawing["kind"]> | undefined;
}

parentPort?.on("message", async ({ id, drawing }: Request) => {
  const drawn = await draw(drawing).then(withOwnBuffers, () => undefined);
  const buffers = drawn === undefined ? [] : "png" in drawn ? [drawn.png.buffer] : drawn.map(({ png }) => png.buffer);
  parentPort?.postMessage({ id, drawn } satisfies Reply, buffers as ArrayBuffer[]);
});

/** A small buffer is part of a large one, all of which would be copied. */
function withOwnBuffers(drawn: Drawn<Drawing["kind"]>): Drawn<Drawing["kind"]> {
  const own = <Picture extends { readonly png: Uint8Array }>(picture: Picture): Picture => ({
    ...picture,
    png: new Uint8Array(picture.png),
  });
  return "png" in drawn ? own(drawn) : drawn.map(own);
}
