/** What the driver's errors mean to a caller of the Data API. Makes no decision about retrying. */
import {
  BSON,
  MongoBulkWriteError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';
import type { Refusal } from './protocol/refusal.ts';

const DUPLICATE_KEY = 11_000;
const MAX_TIME_EXPIRED = 50;
/** What we are refused for is not the caller's doing: wrong credentials, or too few rights. */
const NOT_ALLOWED = new Set([13, 18, 8_000]);
/** Not primary, shutting down, stepped down: gone for a moment, and nothing was done. */
const PASSING = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436]);

/** The driver did not answer within the time that it was given. */
export class DriverSilent extends Error {
  override readonly name = 'DriverSilent';
}

/** @returns undefined for what is none of MongoDB's, which is a bug. */
export function faultOf(error: unknown): Refusal | undefined {
  if (error instanceof MongoServerError && !isLostBulk(error)) return refusalOf(error);
  if (error instanceof MongoInvalidArgumentError || BSON.BSONError.isBSONError(error)) {
    return { code: 'InvalidParameter', message: error.message };
  }
  if (error instanceof MongoServerSelectionError || noConnectionFree(error) || neverSent(error)) {
    return { code: 'ServiceUnavailable', message: 'MongoDB cannot be reached; nothing was done' };
  }
  if (error instanceof MongoNetworkTimeoutError || error instanceof DriverSilent) {
    return {
      code: 'ExecutionTimeLimitExceeded',
      message: 'MongoDB did not answer in time; a write may have taken place',
    };
  }
  if (error instanceof MongoNetworkError || isLostBulk(error) || isClosed(error)) {
    return {
      code: 'ServiceUnavailable',
      message: 'the connection to MongoDB was lost; a write may have taken place',
    };
  }
  return undefined;
}

/**
 * Whether the client should be made anew. It replaces broken sockets by itself, but one that forgot
 * its own limit, or whose first connection failed, does not come round.
 */
export function isStuck(error: unknown): boolean {
  return error instanceof DriverSilent || error instanceof MongoServerSelectionError;
}

function refusalOf(error: MongoServerError): Refusal {
  const code = Number(error.code);
  if (code === DUPLICATE_KEY) return { code: 'DuplicateKey', message: error.message };
  if (code === MAX_TIME_EXPIRED) {
    return { code: 'ExecutionTimeLimitExceeded', message: 'the operation exceeded its time limit' };
  }
  if (NOT_ALLOWED.has(code)) {
    return {
      code: 'ServiceUnavailable',
      message: 'MongoDB refuses the credentials of MONGODB_URI',
    };
  }
  if (PASSING.has(code)) return { code: 'ServiceUnavailable', message: error.message };
  const name = error.codeName === undefined ? '' : `(${error.codeName}) `;
  return { code: 'MongoDBError', message: `${name}${error.message}` };
}

/** A connection that was refused or broke while it was being made carried no operation. */
function neverSent(error: unknown): boolean {
  return (
    error instanceof MongoNetworkError &&
    'beforeHandshake' in error &&
    error.beforeHandshake === true
  );
}

/** An insertMany whose connection was lost has an error of its own, without a code. */
function isLostBulk(error: unknown): boolean {
  return error instanceof MongoBulkWriteError && error.code === undefined;
}

/** The driver does not export the class of this one. */
function noConnectionFree(error: unknown): boolean {
  return error instanceof Error && error.name === 'MongoWaitQueueTimeoutError';
}

/** The client was let go of while this was on its way. */
function isClosed(error: unknown): boolean {
  return (
    error instanceof MongoTopologyClosedError ||
    error instanceof MongoNotConnectedError ||
    (error instanceof Error && error.name === 'MongoClientClosedError')
  );
}
