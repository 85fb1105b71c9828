/** Lets a page follow what other tabs, and it itself, have stored. */

/** After another tab, or a page before this one, has stored something. */
export function whenStoredAgain(act: () => void): void {
  addEventListener("storage", act);
  addEventListener("pageshow", ({ persisted }) => persisted && act());
}

/** Lets this page show what it has stored, as other tabs do. */
export const announceStored = (): boolean => dispatchEvent(new Event("storage"));
