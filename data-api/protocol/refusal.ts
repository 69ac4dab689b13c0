/** How the Data API says no: a status, MongoDB's words where it has some, and a stable code. */

export const STATUS = {
  InvalidParameter: 400,
  MissingParameter: 400,
  InvalidSession: 401,
  NoMatchingRuleFound: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  RequestTooLarge: 413,
  UnsupportedMediaType: 415,
  TooManyRequests: 429,
  /** The database refused; its own words are the message. */
  MongoDBError: 400,
  /** The same for a unique key that is taken, so that nobody has to read a message. */
  DuplicateKey: 400,
  ResponseTooLarge: 400,
  InternalServerError: 500,
  ServiceUnavailable: 503,
  /** Whether a write took place is unknown. */
  ExecutionTimeLimitExceeded: 504,
} as const;

export type ErrorCode = keyof typeof STATUS;

export interface Refusal {
  code: ErrorCode;
  message: string;
}

/** Ends the reading of a request; caught where the answer is made. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A plain record, as it goes through RPC. */
export function toRefusal({ code, message }: Refused): Refusal {
  return { code, message };
}

export function invalid(message: string): Refused {
  return new Refused('InvalidParameter', message);
}
