/** Shows and stores the theme that the reader chose; without one, the system's theme applies. */

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "theme";
const { dataset } = document.documentElement;

export const shownTheme = (): Theme => themes.find((theme) => theme === dataset.theme) ?? "system";

function showTheme(theme: unknown): void {
  if (theme === "light" || theme === "dark") dataset.theme = theme;
  else delete dataset.theme;
}

export function chooseTheme(theme: Theme): void {
  showTheme(theme);
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage may be blocked; then the choice applies to this page only.
  }
}

export function showStoredTheme(): void {
  try {
    showTheme(localStorage.getItem(key));
  } catch {
    // Storage may be blocked; then the system's theme applies.
  }
}

/** What another tab has chosen applies here, too. */
export function followStoredTheme(): void {
  addEventListener("storage", (event) => event.key === key && showStoredTheme());
}
