/** Shows an email in a sandboxed frame, which allows less than any email client does. */
import { contentSecurityPolicy } from "../http/security-headers.ts";
import type { Look } from "./inbox-pages.tsx";
import { darkQuery } from "./mail-style.ts";

/** Allows frames of the same origin, which no other page of the library has. */
export const pagePolicy = `${contentSecurityPolicy}; frame-src 'self'`;

/** Content security policy of an email in its frame: its styles are inline and in its head. */
export const mailPolicy = (look: Look): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src ${look === "images-off" ? "'none'" : "'self'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "sandbox allow-popups allow-popups-to-escape-sandbox",
  ].join("; ");

/** Forces the dark colours on or off, regardless of the system's theme; links open in a new tab. */
export const shownMail = (html: string, look: Look): string =>
  inNewTabs(html.replaceAll(darkQuery, look === "dark" ? "all" : "not all"));

/** Lets links open in a new tab. */
export const inNewTabs = (html: string): string =>
  html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`);
