/** Escapes text for the content and the attributes of XML. */
import { withoutForbidden } from "../library/forbidden-characters.ts";

/** Without control characters: one of them would make the whole document unreadable. */
export const escapeXml = (text: string): string =>
  withoutForbidden(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
