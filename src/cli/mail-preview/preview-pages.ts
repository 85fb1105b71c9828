/** Renders the preview page: an email as different email clients show it. */
import { escapeHtml } from "../../publish/markdown/raw-html.ts";
import type { ChapterPreview } from "./chapter-preview.ts";

/** Simulated email clients. `turned`: a client that inverts colours for its dark mode, except in images. */
export const looks = ["light", "dark", "turned", "images-off"] as const;
export type Look = (typeof looks)[number];

const views = {
  html: "HTML",
  phone: "Phone",
  dark: "Dark",
  turned: "Forced dark",
  "images-off": "Images off",
  text: "Text",
  headers: "Headers",
} as const;
export type View = keyof typeof views;

export const isView = (name: string): name is View => Object.hasOwn(views, name);

export function previewPage(preview: ChapterPreview, view: View): string {
  const { subject, from, html } = preview.message;
  const tabs = Object.entries(views).map(
    ([name, label]) => `<a href="/?view=${name}"${name === view ? ' aria-current="page"' : ""}>${label}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(subject)}</title>
<style>${css}</style>
<script src="/reload.js" defer></script>
</head>
<body>
<header>
<h1>${escapeHtml(subject)}</h1>
<p>${escapeHtml(from)}, ${kilobytes(Buffer.byteLength(html))} of HTML, ${preview.pictures.size} images of ${kilobytes(sizeOf(preview))}. Nothing was sent.</p>
<nav aria-label="Views of this email">${tabs.join("")}</nav>
</header>
<main>${contentOf(preview, view)}</main>
</body>
</html>
`;
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;

const sizeOf = ({ pictures }: ChapterPreview): number =>
  [...pictures.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);

function contentOf({ message }: ChapterPreview, view: View): string {
  if (view === "text") return `<pre>${escapeHtml(message.text)}</pre>`;
  if (view === "headers") {
    const all = { From: message.from, To: message.to[0], Subject: message.subject, ...message.headers };
    const rows = Object.entries(all).map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
    return `<dl>${rows.join("")}</dl>`;
  }
  const look: Look = view === "html" || view === "phone" ? "light" : view;
  // Links open in a new tab; the sandbox blocks everything else.
  return `<iframe class="${view}" title="The email" src="/mail/${look}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

/** The email's HTML for the frame; `address` returns the local URL of each image. */
export function framedMail(
  { message, pictures, darkQuery }: ChapterPreview,
  look: Look,
  address: (index: number) => string,
): string {
  const addresses = [...pictures.keys()];
  const shown = message.html
    .replaceAll(darkQuery, look === "dark" ? "all" : "not all")
    .replace(/(?<=<img src=")[^"]*(?=")/g, (source) => {
      const index = addresses.indexOf(source);
      return index === -1 ? source : address(index);
    });
  const head = `<base target="_blank">${look === "turned" ? `<style>${turnedCss}</style>` : ""}`;
  return shown.replace(/<head[^>]*>/i, (tag) => tag + head);
}

/** As in Gmail's apps: inverts the whole email, and images back. */
const turnedCss =
  "html{filter:invert(.92) hue-rotate(180deg);background:#fff}img{filter:invert(1) hue-rotate(180deg) contrast(1.09)}";

/** Reloads the page after a change. */
export const reloadScript = `new EventSource("/changes").onmessage = () => location.reload();\n`;

const css = `
:root{color-scheme:light dark}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:light-dark(#1c1e23,#dcdad3);background:light-dark(#eceae4,#0f1114)}
header{padding:1rem 1.5rem 0;background:light-dark(#fcfbf8,#16181d);border-bottom:1px solid light-dark(#dcd9d0,#353942)}
h1{margin:0;font-size:1.25rem;line-height:1.3}
header p{margin:.2rem 0 0;color:light-dark(#595c64,#a3a5a8);font-size:.9375rem}
nav{display:flex;flex-wrap:wrap;gap:0 1.1rem}
nav a{padding:.6rem 0;text-decoration:none;color:light-dark(#595c64,#a3a5a8);border-bottom:2px solid transparent}
nav a:hover{color:inherit}
nav [aria-current]{color:inherit;border-color:currentcolor}
main{padding:1.5rem}
iframe{display:block;width:100%;max-width:44rem;height:82vh;margin:0 auto;border:1px solid light-dark(#dcd9d0,#353942);background:#fffdf8}
iframe.phone{width:362px}
iframe.dark{background:#16181d}
pre{max-width:44rem;margin:0 auto;padding:1.25rem;font:.875rem/1.55 ui-monospace,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere;background:light-dark(#fcfbf8,#16181d)}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.25rem 1rem;max-width:44rem;margin:0 auto}
dt{color:light-dark(#595c64,#a3a5a8)}
dd{margin:0;overflow-wrap:anywhere}
`;
