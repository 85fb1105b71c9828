/** Runs before the first paint of every page: the theme, the reading settings, and ticks beside what was read, after which text would move. */
import { showMarks } from "./progress/marks.ts";
import { storedRules } from "./settings/stored-rules.ts";
import { showStoredStyles } from "./stored-styles.ts";
import { followStoredTheme, showStoredTheme } from "./theme.ts";

showStoredTheme();
followStoredTheme();
showStoredStyles(storedRules);
showMarks();
