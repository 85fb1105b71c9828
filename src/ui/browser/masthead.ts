/** Brings the masthead back when the reader scrolls up, and closes its menu as a reader expects of a menu. */

/** A scroll by less is a finger that trembles. */
const leastPx = 6;

export function followReader(): void {
  const masthead = document.querySelector(".masthead");
  let last = scrollY;
  addEventListener("scroll", () => {
    if (Math.abs(scrollY - last) < leastPx) return;
    masthead?.classList.toggle("returned", scrollY < last && scrollY > 0);
    last = scrollY;
  });

  const menu = document.querySelector<HTMLDetailsElement>(".menu");
  if (!menu) return;
  for (const type of ["click", "focusin"]) {
    document.addEventListener(type, ({ target }) => {
      if (!menu.contains(target as Node)) menu.open = false;
    });
  }
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
