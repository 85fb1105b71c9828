/** Opens details by script in browsers without `::details-content`, where styles cannot show what is in closed ones. */

export function openDetails(): void {
  if (CSS.supports("selector(::details-content)")) return;
  // "On this page": as in src/ui/styles/page-contents.css.
  const contents = document.querySelector<HTMLDetailsElement>(".page-contents details");
  const rail = matchMedia("(width >= 75rem)");
  const follow = () => {
    if (contents) contents.open = rail.matches;
  };
  follow();
  rail.addEventListener("change", follow);
  // Paper has all answers and the citation, as in src/ui/styles/print.css.
  const answers = document.querySelectorAll<HTMLDetailsElement>(
    ":is(.questions, .solution, .apparatus, .text-header) details",
  );
  let closed: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    closed = [...answers].filter(({ open }) => !open);
    for (const answer of closed) answer.open = true;
  });
  addEventListener("afterprint", () => {
    for (const answer of closed) answer.open = false;
  });
}
