/** A mail as a page shows it: in a frame, where it may do less than in any mail program. */
import { contentSecurityPolicy } from "../http/security-headers.ts";
import type { Look } from "./inbox-pages.tsx";
import { darkQuery } from "./mail-style.ts";

/** A frame of its own pages, which no other page of the library may have. */
export const pagePolicy = `${contentSecurityPolicy}; frame-src 'self'`;

/** What a mail may do here: less than in any mail program. Styles are on its elements and in its head. */
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

/** The mail with its dark colours always or never on, whatever this machine prefers; its links open beside it. */
export const shownMail = (html: string, look: Look): string =>
  html
    .replaceAll(darkQuery, look === "dark" ? "all" : "not all")
    .replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`);
