/** Finds layout faults of the page at its current width. Bundled, and run in the browser by layout.test.ts. */
import { linesOf, textNodesOf } from "./lines.ts";
import { cutOff, overlaps } from "./overlaps.ts";
import { brokenWords, narrowText } from "./reading.ts";
import { smallTargets } from "./targets.ts";
import { unstyledFaults } from "./unstyled.ts";

function layoutFaults(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const nodes = textNodesOf(document.body);
  const lines = linesOf(nodes);
  const faults = [
    ...(scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} px`] : []),
    ...brokenWords(nodes),
    ...narrowText(clientWidth),
    ...overlaps(lines),
    ...cutOff(lines),
    ...smallTargets(),
  ];
  return [...new Set(faults)];
}

Object.assign(globalThis, { layoutFaults, unstyledFaults });
