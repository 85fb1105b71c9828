/** Every figure of the library, by the name that Markdown uses. */

import { computationTree } from "./computation-tree.ts";
import { graphTasks } from "./graph-tasks.ts";
import { messagePassingRound } from "./message-passing-round.ts";
import { pathEigenvectors } from "./path-eigenvectors.ts";
import { pawRoughness } from "./paw-roughness.ts";
import { pawRounds } from "./paw-rounds.ts";

export type DrawFigure = () => string;

export const gallery: Readonly<Record<string, DrawFigure>> = {
  "computation-tree": computationTree,
  "graph-tasks": graphTasks,
  "message-passing-round": messagePassingRound,
  "path-eigenvectors": pathEigenvectors,
  "paw-roughness": pawRoughness,
  "paw-rounds": pawRounds,
};
