/** Reads a submitted form: urlencoded or multipart. */
import type { Context } from "hono";

/** Empty if the body is not a form. */
export async function readForm(context: Context): Promise<FormData> {
  try {
    return await context.req.formData();
  } catch (error) {
    if (error instanceof TypeError) return new FormData();
    throw error;
  }
}

/** The text of a field; empty if there is none, or if it is a file. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
