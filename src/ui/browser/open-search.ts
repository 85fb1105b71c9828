/** Opens the search palette by its link in the masthead, or by a key. Its script is loaded when it is first opened. */
import { loadPalette } from "./on-demand.ts";

export function openSearch(): void {
  const link = document.querySelector<HTMLAnchorElement>(".search");
  if (!link) return;
  const open = (event: Event) => {
    event.preventDefault();
    loadPalette().then(
      (palette) => palette.open(),
      () => location.assign(link.href),
    );
  };
  link.addEventListener("click", (event) => {
    // A new tab has the page of the search.
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
  });
  addEventListener("keydown", (event) => {
    const hasCommand = event.ctrlKey || event.metaKey;
    const isKey = event.key === (hasCommand ? "k" : "/");
    if (isKey && !event.altKey && !(event.target as Element).matches("input,textarea")) open(event);
  });
}
