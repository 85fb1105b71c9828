/** Every figure of the library, by the name that Markdown uses. */

import { attentionSteps } from "./attention-steps.ts";
import { computationTree } from "./computation-tree.ts";
import { encoderDecoder } from "./encoder-decoder.ts";
import { graphTasks } from "./graph-tasks.ts";
import { messagePassingRound } from "./message-passing-round.ts";
import { pathEigenvectors } from "./path-eigenvectors.ts";
import { pawRoughness } from "./paw-roughness.ts";
import { pawRounds } from "./paw-rounds.ts";

import { ropeClockHands } from "./rope-clock-hands.ts";

export type DrawFigure = () => string;

export const gallery: Readonly<Record<string, DrawFigure>> = {
  "attention-steps": attentionSteps,
  "computation-tree": computationTree,
  "encoder-decoder": encoderDecoder,
  "graph-tasks": graphTasks,
  "message-passing-round": messagePassingRound,
  "path-eigenvectors": pathEigenvectors,
  "paw-roughness": pawRoughness,
  "paw-rounds": pawRounds,
  "rope-clock-hands": ropeClockHands,
};
