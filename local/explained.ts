/** An error whose message is all that the user needs: shown as one line, without a stack. */

export class Explained extends Error {
  override readonly name = 'Explained';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
