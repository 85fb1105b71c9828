/** Defines a notice that the newsletter raises, a restore writes, and the desk looks up. */

/** Raised when a transactional email is uncertain, and dismissed by the author. */
export const uncertainEmails = {
  id: "uncertain emails",
  title: "Transactional emails may not have arrived",
  body: "Resend did not answer about a confirmation or another transactional email while the request could be repeated. The email is not sent again, because its recipient may have it. Anyone who misses it can request it again with the form; the list is on the desk's subscribers page.",
} as const;
