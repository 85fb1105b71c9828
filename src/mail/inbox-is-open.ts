/**
 * Decides whether the local inbox is open: only `npm start` sets MAIL_INBOX, and the origin must be this machine. Its
 * pages check the host of the request as well.
 */
export function inboxIsOpen({
  MAIL_INBOX,
  ORIGIN,
}: {
  readonly MAIL_INBOX?: string;
  readonly ORIGIN: string;
}): boolean {
  if (MAIL_INBOX !== "yes" || !URL.canParse(ORIGIN)) return false;
  return isThisMachine(ORIGIN);
}

/** Whether the host of a URL is the local machine. */
export const isThisMachine = (url: string): boolean =>
  ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
