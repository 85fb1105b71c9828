/** Renders the button that switches between the system's theme, light and dark. */
import type { Child } from "hono/jsx";
import type { Words } from "./words/words.ts";

interface ThemeSwitchProps {
  readonly words: Words["frame"];
  /** In front of the theme's name. */
  readonly children?: Child;
}

/**
 * `browser/page.ts` shows it and reads its wording from the attributes. The text is present from the start, so the layout
 * does not shift.
 */
export const ThemeSwitch = ({ words: { themes, switchTheme }, children }: ThemeSwitchProps) => (
  <button
    type="button"
    class="theme-switch"
    hidden
    data-system={themes.system}
    data-light={themes.light}
    data-dark={themes.dark}
    data-label={switchTheme("{}")}
  >
    {children}
    <span class="theme-switch-name">{themes.system}</span>
  </button>
);
