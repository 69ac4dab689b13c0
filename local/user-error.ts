/** An error whose message is all that the user needs: shown as one line, without a stack. */

export class UserError extends Error {
  override readonly name = 'UserError';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
