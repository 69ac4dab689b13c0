// Owns the refusal of a request before any SQL runs. Decides no case itself.

export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: number;
  /** SQLSTATE, where Neon gives one. */
  readonly code: string | null;

  constructor(status: number, message: string, code: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
