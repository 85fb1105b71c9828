/** Lists the responses of the webhook route, by which the setup checks that the Worker has the right signing secret. */

export const webhookAnswers = {
  accepted: "OK.\n",
  rejected: "Invalid signature.\n",
  noSecret: "Not ready.\n",
} as const;

/** Responses of Workers of earlier versions. */
const formerAnswers = { accepted: "Noted.\n", rejected: "Not signed.\n" } as const;

/** `undefined` for any other response, such as a page of another server. */
export function readWebhookAnswer(status: number, text: string): "accepted" | "rejected" | undefined {
  if (status === 200)
    return [webhookAnswers.accepted, formerAnswers.accepted].some((answer) => answer === text) ? "accepted" : undefined;
  const rejections: readonly string[] = [webhookAnswers.rejected, webhookAnswers.noSecret, formerAnswers.rejected];
  return rejections.includes(text) ? "rejected" : undefined;
}
