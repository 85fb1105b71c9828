/** Two locks on the local inbox: a setting that only `npm start` makes, and an origin that no other machine has. */
export function inboxIsOpen({
  MAIL_INBOX,
  ORIGIN,
}: {
  readonly MAIL_INBOX?: string;
  readonly ORIGIN: string;
}): boolean {
  if (MAIL_INBOX !== "yes" || !URL.canParse(ORIGIN)) return false;
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(ORIGIN).hostname);
}
