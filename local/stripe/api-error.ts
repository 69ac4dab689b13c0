/** Errors as Stripe answers them. Decides no case itself. */

export type ErrorType =
  | 'api_error'
  | 'card_error'
  | 'idempotency_error'
  | 'invalid_request_error'
  | 'rate_limit_error';

export interface ErrorFields {
  type: ErrorType;
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  payment_intent?: object;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly fields: ErrorFields;
  /** Whether nothing was begun, so that an idempotency key does not keep this answer. */
  readonly isBeforeWork: boolean;

  constructor(status: number, fields: ErrorFields, options: { isBeforeWork?: boolean } = {}) {
    super(fields.message);
    this.status = status;
    this.fields = fields;
    this.isBeforeWork = options.isBeforeWork ?? false;
  }
}

/** A parameter that is missing, unknown or not in its form. */
export function badParam(param: string, message: string, code?: string): ApiError {
  return new ApiError(
    400,
    { type: 'invalid_request_error', message, param, ...(code !== undefined && { code }) },
    { isBeforeWork: true },
  );
}

/** What the state of an object does not allow. */
export function badState(
  message: string,
  fields: Partial<Omit<ErrorFields, 'type' | 'message'>> = {},
): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...fields });
}

export function missing(kind: string, id: string): ApiError {
  return new ApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param: kind === 'checkout.session' ? 'session' : 'id',
  });
}
