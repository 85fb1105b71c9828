/** Copies the text of a chapter as Markdown, where its link would open it. */

/** `copied`: shown for two seconds instead of the link's own words. */
export function copyMarkdown(copied: string): void {
  const link = document.querySelector<HTMLAnchorElement>(".copy-markdown");
  if (!link) return;
  const words = link.textContent;
  link.addEventListener("click", (event) => {
    // Without it (Firefox before 127) the link opens the text.
    if (event.metaKey || event.ctrlKey || !window.ClipboardItem) return;
    event.preventDefault();
    const markdown = async () => new Blob([await (await fetch(link.href)).text()], { type: "text/plain" });
    // The text may arrive later: Safari lets a page write only what it has begun to write within the click.
    navigator.clipboard.write([new ClipboardItem({ "text/plain": markdown() })]).then(
      () => {
        link.textContent = copied;
        setTimeout(() => {
          link.textContent = words;
        }, 2000);
      },
      () => location.assign(link.href),
    );
  });
}
