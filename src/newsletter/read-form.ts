/** A form as it was sent: urlencoded or multipart. */
import type { Context } from "hono";

/** Empty when the body is no form: who sends none of ours has asked for nothing. */
export async function readForm(context: Context): Promise<FormData> {
  try {
    return await context.req.formData();
  } catch (error) {
    if (error instanceof TypeError) return new FormData();
    throw error;
  }
}

/** The text of a field, empty when there is none: a file is none. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
