/** Each code of a problem that there are words for. */
import type { ProblemCode } from '../../worker/contract/problems.ts';

/** The server's codes, and two the server cannot send: no network, and no answer in time. */
export type CallProblemCode = ProblemCode | 'offline' | 'no_answer';
