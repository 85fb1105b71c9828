/**
 * Draws GAT and GATv2 as two chains, with F = 2 and F′ = 3: at the LeakyReLU, the pair is a number in one and a vector
 * in the other.
 */

import { arrow, drawing, formula, group, label, rectangle } from "#figures/drawing.ts";

interface Stage {
  /** Operation above the arrow to this stage; empty for the first. */
  readonly by: string;
  readonly is: string;
  /** Squares drawn: several for a vector, one for a number. */
  readonly size: number;
  /** Whether the LeakyReLU has just been applied. */
  readonly isBent?: boolean;
}

const chains: readonly { readonly name: string; readonly remark: string; readonly stages: readonly Stage[] }[] = [
  {
    name: "GAT",
    remark: "LeakyReLU acts on one number: the sender’s share keeps its rank",
    stages: [
      { by: "", is: "h_i, h_j", size: 4 },
      { by: "W", is: "Wh_i, Wh_j", size: 6 },
      { by: "a^⊤", is: "sum", size: 1 },
      { by: "LeakyReLU", is: "e_{ij}", size: 1, isBent: true },
      { by: "softmax", is: "α_{ij}", size: 1 },
    ],
  },
  {
    name: "GATv2",
    remark: "LeakyReLU acts on a vector: both ends decide which entries it scales",
    stages: [
      { by: "", is: "h_i, h_j", size: 4 },
      { by: "W", is: "W[h_i ∥ h_j]", size: 3 },
      { by: "LeakyReLU", is: "activated", size: 3, isBent: true },
      { by: "a^⊤", is: "e_{ij}", size: 1 },
      { by: "softmax", is: "α_{ij}", size: 1 },
    ],
  },
];

const [left, step, square] = [34, 82, 11] as const;
const [height, top] = [170, 72] as const;

export const figure = (): string => drawing(400, 2 * height - 14, ...chains.map(drawChain));

function drawChain({ name, remark, stages }: (typeof chains)[number], index: number): string {
  const y = top + index * height;
  return group(
    {},
    label(10, y - 54, name, { class: "strong" }),
    ...stages.map((stage, place) => drawStage(stage, left + place * step, y)),
    label(10, y + 74, remark, { class: "small soft" }),
  );
}

function drawStage({ by, is, size, isBent }: Stage, x: number, y: number): string {
  const height = size * square;
  return group(
    {},
    ...Array.from({ length: size }, (_, entry) =>
      rectangle(x - square / 2, y - height / 2 + entry * square, square, square, {
        class: isBent ? "fill-message-pale stroke-message" : "fill-node-pale stroke-node",
      }),
    ),
    by === "" ? "" : arrow(x - step + 16, y, x - 16, y, { class: by === "LeakyReLU" ? "stroke-message" : "line" }),
    by === "LeakyReLU" || by === "softmax"
      ? label(x - step / 2, y - 10, by, { class: "middle small" })
      : formula(x - step / 2, y - 10, by, { class: "middle" }),
    is === "sum" || is === "activated"
      ? label(x, y + 50, is, { class: "middle small soft" })
      : formula(x, y + 50, is, { class: "middle small soft" }),
  );
}
