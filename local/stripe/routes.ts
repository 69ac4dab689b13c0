/** Which operation a method and a path name. */
import * as z from 'zod';
import { ApiError } from './api-error.ts';
import { listDisputes, readDispute } from './disputes.ts';
import { listEvents, readEvent } from './events.ts';
import type { Form } from './form.ts';
import {
  cancelIntent,
  captureIntent,
  listIntents,
  readIntent,
  searchIntents,
  updateIntent,
} from './intents.ts';
import { readParams } from './params.ts';
import { createRefund, listRefunds, readRefund } from './refunds.ts';
import { createSession, expireSession, listSessions, readSession } from './sessions.ts';
import { find, type World } from './world.ts';

export interface Call {
  /** What stands for `{id}` in the path. */
  id: string;
  form: Form;
  /** Where hosted pages are. */
  pageUrl: string;
}

type Run = (world: World, call: Call) => object;

const nothing = z.strictObject({});

const ROUTES: Readonly<Record<string, Run>> = {
  'POST /v1/checkout/sessions': (world, { form, pageUrl }) => createSession(world, form, pageUrl),
  'GET /v1/checkout/sessions': (world, { form }) => listSessions(world, form),
  'GET /v1/checkout/sessions/{id}': bare((world, { id }) => readSession(world, id)),
  'POST /v1/checkout/sessions/{id}/expire': bare((world, { id }) => expireSession(world, id)),
  'GET /v1/payment_intents': (world, { form }) => listIntents(world, form),
  'GET /v1/payment_intents/search': (world, { form }) => searchIntents(world, form),
  'GET /v1/payment_intents/{id}': bare((world, { id }) => readIntent(world, id)),
  'POST /v1/payment_intents/{id}': (world, { id, form }) => updateIntent(world, id, form),
  'POST /v1/payment_intents/{id}/capture': (world, { id, form }) => captureIntent(world, id, form),
  'POST /v1/payment_intents/{id}/cancel': (world, { id, form }) => cancelIntent(world, id, form),
  'POST /v1/refunds': (world, { form }) => createRefund(world, form),
  'GET /v1/refunds': (world, { form }) => listRefunds(world, form),
  'GET /v1/refunds/{id}': bare((world, { id }) => readRefund(world, id)),
  'GET /v1/disputes': (world, { form }) => listDisputes(world, form),
  'GET /v1/disputes/{id}': bare((world, { id }) => readDispute(world, id)),
  'GET /v1/charges/{id}': bare(({ state }, { id }) => find(state.charges, id, 'charge').object),
  'GET /v1/events': (world, { form }) => listEvents(world, form),
  'GET /v1/events/{id}': bare((world, { id }) => readEvent(world, id)),
};

/** @throws ApiError where there is no such operation. */
export function routeOf(method: string, path: string): { run: Run; id: string } {
  const exact = ROUTES[`${method} ${path}`];
  if (exact !== undefined) return { run: exact, id: '' };
  const [, , ...parts] = path.split('/');
  for (const [place, id] of parts.entries()) {
    const run = ROUTES[`${method} /v1/${parts.with(place, '{id}').join('/')}`];
    if (run !== undefined) return { run, id };
  }
  const message = `Unrecognized request URL (${method}: ${path}).`;
  throw new ApiError(404, { type: 'invalid_request_error', message }, { isBeforeWork: true });
}

/** One that takes no parameters. */
function bare(run: Run): Run {
  return (world, call) => {
    readParams(nothing, call.form);
    return run(world, call);
  };
}
