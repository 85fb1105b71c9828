/** Defines the headers of every response. */

/**
 * Nothing is loaded from other origins, and no script or style is inline. Style *attributes* are allowed: KaTeX sets the
 * height of each fraction with one, and our compiler lets no other attribute of an author through.
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
  // Two years, as https://hstspreload.org recommends; browsers ignore it over plain HTTP.
  "Strict-Transport-Security": "max-age=63072000",
};
