/** Draws the Transformer of 2017: encoder and decoder as sublayers along a residual stream. */

import { arrow, circle, drawing, group, label, line, path, rectangle } from "#figures/drawing.ts";

const [encoderX, decoderX] = [98, 302] as const;
const [top, bottom] = [58, 372] as const;
/** Offsets from the middle of a frame to its residual line and to the middle of its sublayers. */
const [toLine, toBox] = [66, -13] as const;
const [width, height] = [138, 34] as const;

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
    // The encoder's output goes to every decoder layer.
    path(`M${encoderX + toLine} ${top}V42H200V220`, { class: "stroke-key" }),
    arrow(200, 220, decoderX + toBox - width / 2 - 2, 220, { class: "stroke-key" }),
    label((encoderX + toLine + 200) / 2, 32, "keys, values", { class: "middle small ink-key" }),
    arrow(decoderX + toLine, top, decoderX + toLine, 34),
    label(decoderX + toLine, 24, "next token", { class: "middle" }),
    label(encoderX + toLine, 408, "source text", { class: "middle" }),
    label(decoderX + toLine, 408, "text so far", { class: "middle" }),
  );
}

/** The frame of one layer, with the residual line through it. */
function stack(x: number, name: string, times: string): string {
  return group(
    {},
    rectangle(x - 86, top + 14, 172, bottom - top - 32, { rx: 6, class: "rule" }),
    line(x + toLine, bottom + 20, x + toLine, top, { class: "line" }),
    label(x - 78, top + 32, name, { class: "strong" }),
    label(x + toBox + width / 2, top + 32, times, { class: "end small soft" }),
  );
}

/** A sublayer beside the residual line: it reads from the line below and adds its output above. */
function sublayer(x: number, y: number, name: string, look: string): string {
  const [box, residual, reach] = [x + toBox, x + toLine, height / 2 + 12];
  return group(
    {},
    path(`M${residual} ${y + reach}H${box}V${y + height / 2}`, { class: "line" }),
    path(`M${box} ${y - height / 2}V${y - reach}`, { class: "line" }),
    arrow(box, y - reach, residual - 8, y - reach),
    circle(residual, y - reach, 7, { class: "box" }),
    path(`M${residual - 3.5} ${y - reach}h7m-3.5 -3.5v7`, { class: "line" }),
    rectangle(box - width / 2, y - height / 2, width, height, { rx: 4, class: "box" }),
    rectangle(box - width / 2, y - height / 2, width, height, { rx: 4, class: look }),
    label(box, y + 4.5, name, { class: "middle" }),
  );
}
