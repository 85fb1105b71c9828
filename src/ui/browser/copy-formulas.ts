/**
 * Copies formulas as TeX, once each: a page has every formula as HTML and as MathML, and the text of neither can be read.
 * Formatted text gets the MathML.
 */

/** The whole formula around a node, displayed ones with their frame. */
function formulaAround(node: Node): Element | null | undefined {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest(".katex-display") ?? element?.closest(".katex");
}

export function copyFormulas(): void {
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (!event.clipboardData || !selection || selection.isCollapsed) return;
    const range = selection.getRangeAt(0).cloneRange();
    const [first, last] = [formulaAround(range.startContainer), formulaAround(range.endContainer)];
    if (first) range.setStartBefore(first);
    if (last) range.setEndAfter(last);
    const copy = document.createElement("div");
    copy.append(range.cloneContents());
    const formulas = [...copy.querySelectorAll(".katex")];
    if (formulas.length === 0) return;
    for (const half of copy.querySelectorAll(".katex-html")) half.remove();
    event.clipboardData.setData("text/html", copy.innerHTML);
    for (const formula of formulas) {
      const mark = formula.closest(".katex-display") ? "$$" : "$";
      formula.replaceWith(mark + (formula.querySelector("annotation")?.textContent ?? "").trim() + mark);
    }
    // Lines and paragraphs exist only in what is rendered.
    copy.style.cssText = "position:absolute;inset:0 auto auto 0;clip-path:inset(50%);white-space:normal";
    document.body.append(copy);
    event.clipboardData.setData("text/plain", copy.innerText);
    copy.remove();
    event.preventDefault();
  });
}
