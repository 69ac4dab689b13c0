/** What a test may ask of the local Stripe beside its API: faults, another time, another shop to tell. */
import * as z from 'zod';
import { type ApiAnswer } from './api.ts';
import { DISPUTE_STEPS, type DisputeStep } from './disputes.ts';
import { ADVANCE_MS_MAX } from './limits.ts';
import { type ProviderFaultsInput, providerFaultsSchema } from './provider-faults.ts';
import type { WebhookEndpoint } from './webhooks.ts';

export const CONTROL_PATH = '/control/';

export interface Control {
  /** Replaces all that were set before. */
  setFaults(faults: ProviderFaultsInput): void;
  /** Moves the clock, and waits until what is due then has happened and was delivered. */
  advance(ms: number): Promise<void>;
  /** Undefined: nobody is told any more. */
  setWebhook(endpoint: WebhookEndpoint | undefined): void;
  /** Delivers an event once more. False where there is none. */
  redeliver(eventId: string): Promise<boolean>;
  /** What happens to the dispute of a payment. False where that cannot be now. */
  dispute(paymentId: string, step: DisputeStep): Promise<boolean>;
}

const advanceSchema = z.strictObject({ ms: z.int().min(0).max(ADVANCE_MS_MAX) });
const webhookSchema = z
  .strictObject({ url: z.url(), secrets: z.array(z.string().min(1)).min(1).max(2) })
  .nullable();
const disputeSchema = z.strictObject({ payment: z.string(), step: z.enum(DISPUTE_STEPS) });
const redeliverSchema = z.strictObject({ event: z.string() });

/** @throws ZodError where the body is not as it must be. */
export async function answerControl(
  control: Control,
  { method, path, body }: { method: string; path: string; body: string },
): Promise<ApiAnswer> {
  const given: unknown = JSON.parse(body);
  switch (`${method} ${path.slice(CONTROL_PATH.length)}`) {
    case 'PUT faults':
      control.setFaults(providerFaultsSchema.parse(given));
      return done();
    case 'POST advance':
      await control.advance(advanceSchema.parse(given).ms);
      return done();
    case 'PUT webhook':
      control.setWebhook(webhookSchema.parse(given) ?? undefined);
      return done();
    case 'POST dispute': {
      const { payment, step } = disputeSchema.parse(given);
      const isDone = await control.dispute(payment, step);
      return isDone ? done() : fault(409, 'That cannot happen to this payment now.');
    }
    case 'POST redeliver': {
      const isFound = await control.redeliver(redeliverSchema.parse(given).event);
      return isFound ? done() : fault(404, 'There is no such event.');
    }
    default:
      return fault(404, 'There is no such control.');
  }
}

export function badControl(error: unknown): ApiAnswer | undefined {
  if (error instanceof SyntaxError) return fault(400, 'The body must be JSON.');
  return error instanceof z.ZodError ? fault(400, z.prettifyError(error)) : undefined;
}

function done(): ApiAnswer {
  return { status: 204, headers: {}, body: '' };
}

function fault(status: number, body: string): ApiAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}
