/** The Transformer of 2017: an encoder and a decoder, each a line of sublayers that every token travels along. */

import { arrow, drawing, group, label, line, path, rectangle } from "../../drawing.ts";

const [encoderX, decoderX] = [108, 292] as const;
const [top, bottom] = [58, 372] as const;
const width = 128;
const height = 34;

export function figure(): string {
  return drawing(
    400,
    416,
    stack(encoderX, "encoder", "6 layers"),
    stack(decoderX, "decoder", "6 layers"),
    sublayer(encoderX, 146, "feed-forward", "fill-value-pale stroke-value"),
    sublayer(encoderX, 294, "self-attention", "fill-query-pale stroke-query"),
    sublayer(decoderX, 146, "feed-forward", "fill-value-pale stroke-value"),
    sublayer(decoderX, 220, "cross-attention", "fill-key-pale stroke-key"),
    sublayer(decoderX, 294, "masked self-attention", "fill-query-pale stroke-query"),
    // What the encoder has made of the source goes to every layer of the decoder.
    path(`M${encoderX} ${top}V42H200V220`, { class: "stroke-key" }),
    arrow(200, 220, decoderX - width / 2 - 2, 220, { class: "stroke-key" }),
    label((encoderX + 200) / 2, 32, "keys, values", { class: "middle small ink-key" }),
    arrow(decoderX, top + 6, decoderX, 34),
    label(decoderX, 24, "next token", { class: "middle" }),
    label(encoderX, 408, "source text", { class: "middle" }),
    label(decoderX, 408, "text so far", { class: "middle" }),
  );
}

/** The frame of one layer with the residual line through it. */
function stack(x: number, name: string, times: string): string {
  return group(
    {},
    rectangle(x - 80, top + 14, 160, bottom - top - 32, { rx: 6, class: "rule" }),
    line(x, bottom + 20, x, top, { class: "line" }),
    label(x - 72, top + 32, name, { class: "strong" }),
    label(x + 72, top + 32, times, { class: "end small soft" }),
  );
}

/** A sublayer beside the line: it reads from the line and adds what it has found. */
const sublayer = (x: number, y: number, name: string, look: string): string =>
  group(
    {},
    rectangle(x - width / 2, y - height / 2, width, height, { rx: 4, class: "box" }),
    rectangle(x - width / 2, y - height / 2, width, height, { rx: 4, class: look }),
    label(x, y + 4.5, name, { class: "middle" }),
  );
