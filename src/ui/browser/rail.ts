/** Marks the section in view in "On this page", and keeps it in view there. */

export function markSection(): void {
  const rail = document.querySelector<HTMLElement>(".page-contents");
  const links = [...(rail?.querySelectorAll<HTMLAnchorElement>("li a") ?? [])];
  const sections = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1))));
  let marked: HTMLAnchorElement | undefined;
  const mark = () => {
    const { scrollHeight } = document.documentElement;
    // At its end a page cannot bring its last section up.
    const line = scrollY + innerHeight > scrollHeight - 9 ? innerHeight : innerHeight / 3;
    const current = links[sections.findLastIndex((section) => section && section.getBoundingClientRect().top < line)];
    if (current === marked) return;
    marked?.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "location");
    if (rail && current) rail.scrollTop = current.offsetTop - rail.clientHeight / 2;
    marked = current;
  };
  if (!rail) return;
  mark();
  addEventListener("scroll", mark);
}
