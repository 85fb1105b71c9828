/** Headers that every response of the Worker carries. */

/**
 * Nothing is loaded from elsewhere, and no script or style stands in the page. Style *attributes*
 * are allowed: KaTeX sets the height of each fraction with one, and our own compiler lets no other
 * attribute of an author through.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": contentSecurityPolicy,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  // Two years, as https://hstspreload.org asks; browsers ignore it over plain HTTP.
  "Strict-Transport-Security": "max-age=63072000",
};
