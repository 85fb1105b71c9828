/**
 * Styles the inbox, served by inbox-routes.tsx. Readers never need these rules, so the library's style sheet does not have
 * them.
 */
export const inboxCss = `
.inbox-list { list-style: none; padding: 0; border-top: 1px solid var(--rule); font-family: var(--sans); }
.inbox-list li { border-bottom: 1px solid var(--rule); }
.inbox-list li + li { margin: 0; }
.inbox-list a { display: block; padding: .7rem 0; text-decoration: none; }
.inbox-list a:hover .inbox-subject { text-decoration: underline; }
.inbox-subject { display: block; font-weight: 700; overflow-wrap: anywhere; }
.inbox-to { display: block; color: var(--ink-soft); font-size: .9375rem; overflow-wrap: anywhere; }
.inbox-clear { padding: .45rem 1rem; border: 1px solid var(--rule-strong); border-radius: 3px; font-family: var(--sans); }
.inbox-clear:hover { border-color: var(--ink); }
.inbox-facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .15rem 1rem; font: 400 1rem/1.5 var(--sans); }
.inbox-facts dt { color: var(--ink-soft); }
.inbox-facts dd { margin: 0; overflow-wrap: anywhere; }
.inbox-views { display: flex; flex-wrap: wrap; gap: 0 .95rem; font-family: var(--sans); border-bottom: 1px solid var(--rule); }
.inbox-views a { padding: .5rem 0; text-decoration: none; color: var(--ink-soft); border-bottom: 2px solid transparent; margin-bottom: -1px; }
.inbox-views a:hover { color: var(--ink); }
.inbox-views [aria-current] { color: var(--ink); border-color: var(--cloth); }
.inbox-mail { display: block; width: 100%; height: 80vh; min-height: 30rem; border: 1px solid var(--rule); background: #fffdf8; }
.inbox-mail.is-phone { width: 362px; max-width: 100%; }
.inbox-mail.is-dark { background: #16181d; }
.inbox-text { white-space: pre-wrap; overflow-wrap: anywhere; font: .875rem/1.6 var(--mono); }
.inbox > * + * { margin-top: var(--line); }
.inbox.reading { display: block; width: min(48rem, 100% - 2.5rem); padding: var(--line) 0 0; }
.inbox .text-header h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.1rem); line-height: 1.12; overflow-wrap: anywhere; }
.inbox > .inbox-facts { margin-top: calc(.5 * var(--line)); }
.inbox > .inbox-views { margin-top: calc(.75 * var(--line)); }
.inbox > .inbox-views + * { margin-top: calc(.75 * var(--line)); }
@media (width < 40rem) { .inbox-facts { display: block; } .inbox-facts dd + dt { margin-top: .35rem; } }
`;
