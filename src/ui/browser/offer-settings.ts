/** Opens the reading settings by their button, and keeps their rules up to date. */
import { loadSettings, settingsScript } from "./on-demand.ts";
import { settingsKey } from "./settings/stored-rules.ts";
import { readStored } from "./stored.ts";
import { whenStoredAgain } from "./stored-again.ts";

export function offerSettings(): void {
  const button = document.querySelector<HTMLButtonElement>(".settings");
  if (!button) return;
  button.hidden = false;
  // What cannot be loaded is not offered.
  const withdraw = () => {
    button.hidden = true;
  };
  button.addEventListener("click", () => void loadSettings().then(({ open }) => open(button), withdraw));
  // Imported settings have no rules yet, and those of another release may not fit these pages.
  const check = () => {
    const stored = readStored(settingsKey);
    if (stored && Object(stored).script !== settingsScript) void loadSettings().then(({ renew }) => renew(), withdraw);
  };
  check();
  whenStoredAgain(check);
}
