/** Sets the stored theme before the first paint; without one, the system's theme applies. */
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be blocked; then the system's theme applies.
}
