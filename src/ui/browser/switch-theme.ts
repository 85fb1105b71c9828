/** Makes the theme switch work; it reads its wording from its attributes. */
import { chooseTheme, shownTheme, themes } from "./theme.ts";

export function offerThemes(): void {
  const button = document.querySelector<HTMLButtonElement>(".theme-switch");
  if (!button) return;
  const label = button.querySelector(".theme-switch-name");
  const show = () => {
    const name = button.dataset[shownTheme()] ?? "";
    if (label) label.textContent = name;
    button.ariaLabel = button.dataset.label?.replace("{}", name) ?? name;
  };
  show();
  button.hidden = false;
  button.addEventListener("click", () =>
    chooseTheme(themes[(themes.indexOf(shownTheme()) + 1) % themes.length] ?? "system"),
  );
  // The reading settings and other tabs choose, too.
  new MutationObserver(show).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
