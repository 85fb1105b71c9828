/** The desk's own sheet: no reader ever needs it, so it stays out of the library's. Colours and measures are those of ui/styles/tokens.css. */
export const deskCss = `
.masthead.desk-masthead { flex-wrap: wrap; width: min(68rem, 100% - 2.5rem); gap: .25rem 1.25rem; padding-bottom: 0; }
.desk-author { margin-left: auto; color: var(--ink-soft); font-size: .9375rem; overflow-wrap: anywhere; min-width: 0; }
.desk-masthead .theme-switch { min-width: 0; }
.desk-masthead nav { width: 100%; margin: 0; gap: 0 1.25rem; flex-wrap: wrap; }
.desk-masthead nav a { padding-block: .45rem; border-bottom: 3px solid transparent; margin-bottom: -1px; }
.desk-masthead nav a:hover { border-color: var(--rule-strong); }
.desk-masthead nav [aria-current] { color: var(--ink); font-weight: 700; border-color: var(--cloth); }
.desk { width: min(68rem, 100% - 2.5rem); margin-inline: auto; padding-top: var(--line); font-family: var(--sans); font-size: 1.0625rem; line-height: 1.5; }
.desk > * + * { margin-top: var(--line); }
.desk-header h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.1rem); line-height: 1.12; overflow-wrap: anywhere; }
.desk-lead { margin-top: .4rem; max-width: 40rem; color: var(--ink-soft); }
.desk h2 { font-size: 1.25rem; }
.desk a { color: var(--cloth); }
.desk-masthead + main + .colophon { width: min(68rem, 100% - 2.5rem); }
`;
