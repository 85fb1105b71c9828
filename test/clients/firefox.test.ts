/** Runs the journeys in Firefox, where it is installed. */
import { checkEngine } from "./check-engine.ts";
import { findFirefox } from "./firefox.ts";

checkEngine("Firefox", findFirefox(), {
  "layout shifts": "Firefox does not measure them",
  "accessibility rules and faces of characters": "these are read through Chromium's own protocol",
  "paper and a dark system": "Firefox cannot pretend to have them over BiDi yet",
});
