/** Styles the author's mistakes over the page; colours and fonts are those of the page, in both themes. */

export const overlayStyles = `
:host {
  --alarm: light-dark(#b3261e, #ff9d8f);
  --caution: light-dark(#8a5300, #f0b45e);
  position: fixed;
  inset: auto 0 0;
  z-index: 1000;
  color: var(--ink);
  font: 400 1.0625rem / 1.45 var(--sans);
  text-align: start;
}
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
section {
  display: flex;
  flex-direction: column;
  max-height: min(70vh, 40rem);
  background: var(--paper);
  border-top: 4px solid var(--alarm);
  box-shadow: 0 -0.5rem 2.5rem rgb(0 0 0 / 0.28);
}
.header, ol { width: min(100%, 60rem); margin-inline: auto; padding-inline: 1.25rem; }
.header {
  display: grid;
  grid-template-columns: 1fr auto;
  gap: 0 1rem;
  align-items: start;
  padding-block: 0.9rem 0.6rem;
}
h2 { font-size: 1.25rem; line-height: 1.2; }
.note { grid-row: 2; color: var(--ink-soft); }
button {
  grid-row: 1 / 3;
  grid-column: 2;
  min-height: 2.5rem;
  padding: 0.3rem 0.9rem;
  font: inherit;
  color: var(--ink);
  background: var(--paper-shade);
  border: 1px solid var(--rule-strong);
  border-radius: 3px;
  cursor: pointer;
}
button:hover { border-color: var(--ink); }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
ol:focus-visible { outline-offset: -2px; }
kbd { font: 0.8125em var(--mono); color: var(--ink-soft); }
ol { list-style: none; padding-block: 0 1.25rem; overflow-y: auto; overscroll-behavior: contain; }
li { padding-block: 0.9rem; border-top: 1px solid var(--rule); }
.place { font: 0.875rem / 1.5 var(--mono); color: var(--ink-soft); overflow-wrap: anywhere; }
.severity { font: 700 1.0625rem / 1 var(--sans); color: var(--alarm); }
.warning .severity { color: var(--caution); }
.message { font-weight: 700; overflow-wrap: anywhere; }
.fix { overflow-wrap: anywhere; }
p code { font: 0.875em var(--mono); }
pre {
  display: grid;
  grid-template-columns: auto 1fr;
  gap: 0.9rem;
  margin-block: 0.4rem;
  padding: 0.5rem 0.75rem;
  font: 0.875rem / 1.6 var(--mono);
  background: var(--paper-shade);
  border-radius: 3px;
}
.number { color: var(--ink-soft); user-select: none; }
pre code { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
mark {
  color: inherit;
  background: color-mix(in srgb, var(--alarm) 14%, transparent);
  text-decoration: underline wavy var(--alarm) 1.5px;
  text-decoration-skip-ink: none;
  text-underline-offset: 0.25em;
}
.warning mark {
  background: color-mix(in srgb, var(--caution) 14%, transparent);
  text-decoration-color: var(--caution);
}
.opener {
  position: absolute;
  inset: auto 1rem 1rem auto;
  font-weight: 700;
  color: var(--alarm);
  background: var(--paper);
  border: 2px solid var(--alarm);
  box-shadow: 0 0.2rem 1rem rgb(0 0 0 / 0.2);
}
@media print { :host { display: none; } }
@media (forced-colors: active) {
  section { border: 2px solid CanvasText; }
  mark { background: Mark; color: MarkText; }
}
`;
