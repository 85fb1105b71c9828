/** Runs before the page is drawn: the theme chosen before, if one was. Without a choice the system's theme holds. */
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage can be forbidden; then the system's theme holds.
}
