/** Checkout sessions: made, read, listed and expired. Takes no money. */
import * as z from 'zod';
import { badParam, badState } from './api-error.ts';
import { checkAmountForm, checkCurrency, checkTotal } from './currencies.ts';
import type { Form } from './form.ts';
import { cancelUnpaid } from './intents.ts';
import {
  AMOUNT_MAX,
  LINE_ITEMS_MAX,
  QUANTITY_MAX,
  SESSION_MS_MAX,
  SESSION_MS_MIN,
} from './limits.ts';
import { createdSchema, type List, pageOf, pageSchema } from './lists.ts';
import { checkMethods, METHODS } from './methods.ts';
import type { Session, SessionRecord } from './objects.ts';
import { integer, list, metadata, readParams, text, url } from './params.ts';
import { add, emit, find, nowS, startTimer, type World } from './world.ts';

const lineSchema = z.strictObject({
  price_data: z.strictObject({
    currency: z.string().toLowerCase(),
    unit_amount: integer({ min: 0, max: AMOUNT_MAX }),
    product_data: z.strictObject({
      name: text(5_000),
      description: text(5_000).optional(),
      metadata: metadata.optional(),
    }),
  }),
  quantity: integer({ min: 1, max: QUANTITY_MAX }),
});

const planSchema = z.strictObject({
  mode: z.literal('payment', 'this server knows the mode payment only'),
  line_items: list(lineSchema, LINE_ITEMS_MAX),
  success_url: url,
  adaptive_pricing: z.strictObject({ enabled: z.enum(['true', 'false']) }).optional(),
  cancel_url: url.optional(),
  client_reference_id: text(200).optional(),
  customer_email: text(512).optional(),
  expires_at: integer({ min: 0, max: Number.MAX_SAFE_INTEGER }).optional(),
  locale: text(10).optional(),
  metadata: metadata.default({}),
  payment_method_types: list(z.enum(METHODS), METHODS.length).default(['card']),
  payment_method_options: z
    .strictObject({ card: z.strictObject({ capture_method: z.literal('manual').optional() }) })
    .optional(),
  payment_intent_data: z
    .strictObject({
      capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
      description: text(1_000).optional(),
      metadata: metadata.default({}),
      statement_descriptor_suffix: text(22).optional(),
    })
    .prefault({}),
});

type Plan = z.output<typeof planSchema>;

/** @param pageUrl of the hosted page, to which the id is added. */
export function createSession(world: World, form: Form, pageUrl: string): Session {
  const plan = readParams(planSchema, form);
  const { currency, total } = totalOf(plan);
  const expiresAtS = endOf(plan, world);
  const { payment_intent_data: intent, payment_method_types: methods } = plan;
  checkMethods(methods, { currency, isManual: intent.capture_method === 'manual' });
  const id = world.newId('cs_test');
  const { object } = add<SessionRecord>(world.state.sessions, {
    object: {
      id,
      object: 'checkout.session',
      amount_subtotal: total,
      amount_total: total,
      cancel_url: plan.cancel_url ?? null,
      client_reference_id: plan.client_reference_id ?? null,
      created: nowS(world),
      currency,
      expires_at: expiresAtS,
      livemode: false,
      metadata: plan.metadata,
      mode: 'payment',
      payment_intent: null,
      payment_method_types: methods,
      payment_status: 'unpaid',
      status: 'open',
      success_url: plan.success_url,
      url: `${pageUrl}${id}`,
    },
    captureMethod: intent.capture_method ?? 'automatic_async',
    areCardsManual: plan.payment_method_options?.card.capture_method === 'manual',
    intentMetadata: intent.metadata,
    description: intent.description ?? null,
    lines: plan.line_items.map(({ price_data: price, quantity }) => ({
      name: price.product_data.name,
      quantity,
      amount: price.unit_amount * quantity,
    })),
    fault: 'none',
  });
  startTimer(world, { kind: 'session_over', id, atMs: expiresAtS * 1_000 });
  return object;
}

export function readSession({ state }: World, id: string): Session {
  return find(state.sessions, id, 'checkout.session').object;
}

export function expireSession(world: World, id: string): Session {
  const record = find(world.state.sessions, id, 'checkout.session');
  const { status } = record.object;
  if (status !== 'open') {
    throw badState(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${status}\`.`,
    );
  }
  endSession(world, record);
  return record.object;
}

/** Of an open one. */
export function endSession(world: World, record: SessionRecord): void {
  record.object.status = 'expired';
  record.object.url = null;
  emit(world, 'checkout.session.expired', { object: record.object, session: record });
  cancelUnpaid(world, record);
}

const listSchema = z.strictObject({
  ...pageSchema,
  ...createdSchema,
  payment_intent: z.string().optional(),
  status: z.enum(['complete', 'expired', 'open']).optional(),
});

export function listSessions({ state }: World, form: Form): List<Session> {
  const { payment_intent: intent, status, ...page } = readParams(listSchema, form);
  const sessions = [...state.sessions.values()]
    .map(({ object }) => object)
    .filter((one) => intent === undefined || one.payment_intent === intent)
    .filter((one) => status === undefined || one.status === status);
  return pageOf(sessions, page, '/v1/checkout/sessions');
}

function totalOf({ line_items: lines }: Plan): { currency: string; total: number } {
  const currency = lines[0]?.price_data.currency ?? '';
  for (const [index, { price_data: price }] of lines.entries()) {
    const param = `line_items[${index}][price_data]`;
    checkCurrency(price.currency, `${param}[currency]`);
    if (price.currency !== currency) {
      throw badParam(`${param}[currency]`, 'All prices must have the same currency.');
    }
    checkAmountForm(price.unit_amount, currency, `${param}[unit_amount]`);
  }
  const total = lines.reduce((sum, line) => sum + line.price_data.unit_amount * line.quantity, 0);
  checkTotal(total, currency);
  return { currency, total };
}

function endOf({ expires_at: expiresAt }: Plan, world: World): number {
  const now = nowS(world);
  if (expiresAt === undefined) return now + SESSION_MS_MAX / 1_000;
  if (expiresAt < now + SESSION_MS_MIN / 1_000) {
    const rule = 'at least 30 minutes from Checkout Session creation.';
    throw badParam('expires_at', `The \`expires_at\` timestamp must be ${rule}`);
  }
  if (expiresAt > now + SESSION_MS_MAX / 1_000) {
    const rule = 'less than 24 hours from Checkout Session creation.';
    throw badParam('expires_at', `The \`expires_at\` timestamp must be ${rule}`);
  }
  return expiresAt;
}
