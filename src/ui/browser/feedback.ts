/** The answer to "Was this clear?" is sent without leaving the page, so that the reader stays where they were. */

export function sendInPlace(): void {
  const form = document.querySelector<HTMLFormElement>(".feedback form");
  const thanks = document.querySelector<HTMLElement>(".feedback-thanks");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    // Sent by the page itself, the answer would be the page again: that it came is enough.
    const sent = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
    if (sent?.type === "opaqueredirect") {
      thanks?.classList.add("shown");
      thanks?.focus();
    } else {
      for (const button of buttons) button.disabled = false;
      const note = form.querySelector(".form-error") ?? document.createElement("p");
      note.className = "form-error";
      note.role = "alert";
      form.append(note);
      note.textContent = (sent?.status === 429 ? form.dataset.limitReached : form.dataset.notSent) ?? "";
    }
  });
}
