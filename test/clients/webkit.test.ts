/** Runs the journeys in WebKit, where it is installed. */
import { checkEngine, focusRing } from "./check-engine.ts";
import { findWebKit } from "./webkit.ts";

checkEngine("WebKit", findWebKit(), {
  "messages on the console": "WebDriver does not report them",
  [focusRing]: "a display without a window manager gives focus to no window",
  "a window of 320 pixels": "MiniBrowser's is never narrower than 340",
  "layout shifts": "WebKit does not measure them",
  "accessibility rules and faces of characters": "these are read through Chromium's own protocol",
  "paper and a dark system": "WebDriver cannot pretend to have them",
});
