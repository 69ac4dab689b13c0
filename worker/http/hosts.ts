/**
 * The hosts under which the shop answers. On a developer's machine a page of any site could have its
 * own name lead there (DNS rebinding) and would then be of one origin with the shop.
 */

/** @param allowedHosts with a port, or without one for any port; empty for every host. */
export function isAllowedHost(url: string, allowedHosts: ReadonlySet<string>): boolean {
  if (allowedHosts.size === 0) return true;
  const { host, hostname } = new URL(url);
  return allowedHosts.has(host) || allowedHosts.has(hostname);
}
