/** Submits the answer to "Was this clear?" without leaving the page, and lets its text field grow. */

export function sendInPlace(): void {
  const form = document.querySelector<HTMLFormElement>(".feedback form");
  const thanks = document.querySelector<HTMLElement>(".feedback-thanks");
  const comment = form?.querySelector("textarea");
  // Elsewhere a style lets the field grow.
  if (comment && !CSS.supports("field-sizing", "content")) {
    comment.addEventListener("input", () => {
      comment.style.height = "auto";
      comment.style.height = `${comment.scrollHeight + comment.offsetHeight - comment.clientHeight}px`;
    });
  }
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const buttons = form.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    // The response redirects to the page; that it arrived is enough, so the redirect is not followed.
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
