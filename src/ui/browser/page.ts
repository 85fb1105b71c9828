/** Adds what needs a script: figures, the theme switch, the reading settings, the masthead's return, the search, copying, the section in view, the way back, previews, focus for wide equations, feedback, reading reports, the reader's own record. */
import { copyFormulas } from "./copy-formulas.ts";
import { copyMarkdown } from "./copy-markdown.ts";
import { sendInPlace } from "./feedback.ts";
import { keepProgress } from "./keep-progress.ts";
import { loadFigures } from "./load-figures.ts";
import { followReader } from "./masthead.ts";
import { offerPreviews } from "./offer-previews.ts";
import { offerSettings } from "./offer-settings.ts";
import { openDetails } from "./open-details.ts";
import { openSearch } from "./open-search.ts";
import { markSection } from "./rail.ts";
import { rateAnswers } from "./rate-answers.ts";
import { watchReading } from "./reading.ts";
import { offerThemes } from "./switch-theme.ts";
import { offerWayBack } from "./way-back.ts";

/** Every page has them (src/ui/document.tsx). */
type Wording = Readonly<Record<"copy" | "copied" | "copyYourself" | "equation" | "wayBack", string>>;
const {
  copy: copyLabel,
  copied: copiedLabel,
  copyYourself,
  equation: equationLabel,
  wayBack,
} = document.body.dataset as unknown as Wording;
for (const listing of document.querySelectorAll<HTMLElement>(".listing")) {
  const copy = document.createElement("button");
  copy.className = "copy";
  copy.textContent = copyLabel;
  copy.addEventListener("click", async () => {
    const code = listing.querySelector("code") ?? listing;
    const copied = await navigator.clipboard.writeText(code.textContent).then(
      () => true,
      () => false,
    );
    copy.textContent = copied ? copiedLabel : copyYourself;
    if (!copied) getSelection()?.selectAllChildren(code);
    setTimeout(() => {
      copy.textContent = copyLabel;
    }, 2000);
  });
  listing.append(copy);
}

// An equation that scrolls must be reachable by keyboard; one that does not scroll must not be a tab stop.
const markScrolling = () => {
  for (const equation of document.querySelectorAll<HTMLElement>(".equation")) {
    if (equation.scrollWidth > equation.clientWidth) {
      equation.tabIndex = 0;
      equation.role = "group";
      equation.ariaLabel = equationLabel;
    } else {
      equation.removeAttribute("tabindex");
    }
  }
};
// The width is final once the fonts have loaded.
void document.fonts.ready.then(markScrolling);
addEventListener("resize", markScrolling);

// Removes the mark of a newsletter link after the view is counted, so a shared URL does not have it.
if (location.search === "?from=newsletter") history.replaceState(null, "", location.pathname + location.hash);
offerThemes();
offerSettings();
openDetails();
followReader();
openSearch();
markSection();
offerPreviews();
offerWayBack(wayBack);
copyFormulas();
copyMarkdown(copiedLabel);
sendInPlace();
rateAnswers();
watchReading(keepProgress());
loadFigures();
