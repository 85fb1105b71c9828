/** The two small things that a script adds to a page: the theme switch, and a button that copies a listing. */

const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

const button = document.querySelector<HTMLButtonElement>(".theme-switch");
if (button) {
  const show = (theme: Theme) => {
    const root = document.documentElement;
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    const name = { system: "Auto", light: "Light", dark: "Dark" }[theme];
    const label = button.querySelector(".theme-switch-name");
    if (label) label.textContent = name;
    button.setAttribute("aria-label", `Theme: ${name}. Change it`);
  };
  let current: Theme = themes.find((theme) => theme === document.documentElement.dataset.theme) ?? "system";
  show(current);
  button.hidden = false;
  button.addEventListener("click", () => {
    current = themes[(themes.indexOf(current) + 1) % themes.length] ?? "system";
    show(current);
    try {
      if (current === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", current);
    } catch {
      // Storage can be forbidden; the choice then lasts for this page.
    }
  });
}

for (const listing of document.querySelectorAll<HTMLElement>(".listing")) {
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  copy.textContent = "Copy";
  copy.addEventListener("click", async () => {
    const text = listing.querySelector("code")?.textContent ?? "";
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    copy.textContent = copied ? "Copied" : "Press Ctrl+C";
    if (!copied) getSelection()?.selectAllChildren(listing.querySelector("code") ?? listing);
    setTimeout(() => {
      copy.textContent = "Copy";
    }, 2000);
  });
  listing.append(copy);
}

// A wide page shows its contents beside the text; on a narrow one they would push the text away.
const contents = document.querySelector<HTMLDetailsElement>(".page-contents details");
if (contents && matchMedia("(width < 75rem)").matches) contents.open = false;
