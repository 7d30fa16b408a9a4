/**
 * Whether a page of this origin may open a socket: its own pages always, others when they are listed. Who sends
 * no origin is no browser, and carries nobody's cookie unasked (RFC 6455, 10.2).
 */
export function originAllowed(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true;
  try {
    const page = new URL(origin);
    return host !== undefined && page.host === new URL(`${page.protocol}//${host}`).host;
  } catch {
    return false;
  }
}
