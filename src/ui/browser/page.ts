/** The small things that a script adds to a page: the theme switch, a button that copies a listing, a tab stop for what scrolls. */
import { sendInPlace } from "./feedback.ts";
import { watchReading } from "./reading.ts";

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

const button = document.querySelector<HTMLButtonElement>(".theme-switch");
if (button) {
  const show = (theme: Theme) => {
    const root = document.documentElement;
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    const name = button.dataset[theme] ?? "";
    const label = button.querySelector(".theme-switch-name");
    if (label) label.textContent = name;
    button.setAttribute("aria-label", button.dataset.label?.replace("{}", name) ?? name);
  };
  let current: Theme = themes.find((theme) => theme === document.documentElement.dataset.theme) ?? "system";
  show(current);
  button.hidden = false;
  button.addEventListener("click", () => {
    current = themes[(themes.indexOf(current) + 1) % themes.length] ?? "system";
    show(current);
    try {
      if (current === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", current);
    } catch {
      // Storage can be forbidden; the choice then lasts for this page.
    }
  });
}

const {
  copy: copyLabel = "",
  copied: copiedLabel = "",
  copyYourself = "",
  equation: equationLabel = "",
} = document.body.dataset;
for (const listing of document.querySelectorAll<HTMLElement>(".listing")) {
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  copy.textContent = copyLabel;
  copy.addEventListener("click", async () => {
    const text = listing.querySelector("code")?.textContent ?? "";
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    copy.textContent = copied ? copiedLabel : copyYourself;
    if (!copied) getSelection()?.selectAllChildren(listing.querySelector("code") ?? listing);
    setTimeout(() => {
      copy.textContent = copyLabel;
    }, 2000);
  });
  listing.append(copy);
}

// An equation wider than the screen scrolls by itself: the keyboard has to reach it, but only then.
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
// The width is known once the formulas have their faces.
void document.fonts.ready.then(markScrolling);
addEventListener("resize", markScrolling);

// What a mail added to the address counts once; whoever passes the address on does not pass that on.
if (location.search === "?from=newsletter") history.replaceState(null, "", location.pathname + location.hash);
sendInPlace();
watchReading();
