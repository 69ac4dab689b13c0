/** Digests of what was asked for, which are the same for a repeated request and for no other. */

/** SHA-256 of a value as JSON writes it. */
export async function digestOf(value: unknown): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** The same in hex. */
export async function hashOf(value: unknown): Promise<string> {
  const bytes = await digestOf(value);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
