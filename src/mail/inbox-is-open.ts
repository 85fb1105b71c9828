/** Two locks on the local inbox: a setting that only `npm start` makes, and an origin that no other machine has. Its pages have a third, the host that is asked. */
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

/** Whether a URL, perhaps that of a request, names the machine that it is read on. */
export const isThisMachine = (url: string): boolean =>
  ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
