/**
 * Loads the scripts of interactive figures once everything else on the page has loaded: until then they are drawings,
 * and on a slow connection the text should not compete with them for its fonts.
 */
export function loadFigures(): void {
  const scripts = document.body.dataset.figures?.split(" ") ?? [];
  const load = () => {
    for (const src of scripts)
      document.head.append(Object.assign(document.createElement("script"), { type: "module", src }));
  };
  if (document.readyState === "complete") load();
  else addEventListener("load", load, { once: true });
}
