/** Applies what the browser keeps about how pages look: a style sheet of the script's own, in place before anything is drawn. */
import { whenStoredAgain } from "./stored-again.ts";

export function showStoredStyles(rules: () => string): void {
  const sheet = new CSSStyleSheet();
  const show = () => sheet.replaceSync(rules());
  show();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  whenStoredAgain(show);
}
