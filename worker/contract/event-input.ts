/** An event's plan as an admin sends it. */
import * as z from 'zod';
import { isCountry } from './address-rules.ts';
import { amountText, isCurrency, priceMinorMax, SALE_VALUE_MINOR_MAX } from './currencies.ts';
import { itemIdSchema, variantIdSchema } from './ids.ts';
import { isTimeZone } from './local-time.ts';
import { type PaymentKind, paymentKindSchema } from './payments.ts';
import { pictureUrlSchema } from './picture-input.ts';
import { admissionSchema } from './queue.ts';
import {
  SHIPPING_GROUPS_MAX,
  type ShippingGroup,
  shippingFaults,
  shippingGroupSchema,
} from './shipping.ts';
import { eventTranslationsInputSchema } from './translations.ts';
import { areUnique, currencySchema, LIMITS, lineSchema, textSchema } from './values.ts';

/** RFC 3339 with an offset, or a wall-clock time without one, which `timeZone` places. */
export const timeInputSchema = z.iso.datetime({ offset: true, local: true });

/** Why a sale whose units are worth that much is refused. */
export function saleValueFault(currency: string): string {
  return `must not be worth more than ${amountText(SALE_VALUE_MINOR_MAX, currency)} in all`;
}

/** What one event item of a plan sells. */
interface PlannedUnits {
  priceCents: number;
  stock: number;
}

interface PlanLine {
  itemId: string;
  priceCents: number;
  stock?: number | undefined;
  variants?: { variantId: string; stock: number; priceCents?: number | undefined }[] | undefined;
}

interface Fault {
  path: (string | number)[];
  message: string;
}

/** Each variant of a line, at the line's price where it has none of its own; or the line itself. */
function unitsOf({ priceCents, stock = 0, variants = [] }: PlanLine): PlannedUnits[] {
  if (variants.length === 0) return [{ priceCents, stock }];
  return variants.map((one) => ({ priceCents: one.priceCents ?? priceCents, stock: one.stock }));
}

interface PlanPrices {
  currency: string;
  items: PlanLine[];
  shipping: readonly ShippingGroup[];
}

/** Who is asked to pay for delivery must be able to: by a payment, and not beside what is free. */
function deliveryFaults(
  event: PlanPrices & { needsAddress: boolean; payment: PaymentKind },
): Fault[] {
  const { currency, items, needsAddress, payment, shipping } = event;
  if (shipping.length > 0 && !needsAddress) {
    return [{ path: ['shipping'], message: 'needs needsAddress' }];
  }
  const faults = shippingFaults(shipping);
  const max = priceMinorMax(currency);
  for (const [n, { priceCents }] of shipping.entries()) {
    if (priceCents > max) {
      const message = `must be at most ${amountText(max, currency)}`;
      faults.push({ path: ['shipping', n, 'priceCents'], message });
    }
  }
  if (maxShipping(shipping) === 0) return faults;
  if (payment !== 'online') faults.push({ path: ['shipping'], message: 'needs payment: online' });
  for (const [n, line] of items.entries()) {
    if (!unitsOf(line).some(({ priceCents }) => priceCents === 0)) continue;
    const message = 'must not be 0 where delivery costs something';
    faults.push({ path: ['items', n, 'priceCents'], message });
  }
  return faults;
}

function maxShipping(shipping: readonly ShippingGroup[]): number {
  return Math.max(0, ...shipping.map(({ priceCents }) => priceCents));
}

function priceFaults({ currency, items, shipping }: PlanPrices): Fault[] {
  const max = priceMinorMax(currency);
  const message = `must be at most ${amountText(max, currency)}`;
  const faults = items.flatMap(({ priceCents, variants = [] }, n) => [
    ...(priceCents > max ? [{ path: ['items', n, 'priceCents'], message }] : []),
    ...variants.flatMap((variant, nth) =>
      (variant.priceCents ?? 0) > max
        ? [{ path: ['items', n, 'variants', nth, 'priceCents'], message }]
        : [],
    ),
  ]);
  const value = items
    .flatMap(unitsOf)
    // Each unit may be an order of its own.
    .reduce((sum, { priceCents, stock }) => sum + (priceCents + maxShipping(shipping)) * stock, 0);
  return faults.length === 0 && value > SALE_VALUE_MINOR_MAX
    ? [{ path: ['items'], message: saleValueFault(currency) }]
    : faults;
}

/** Stock is said once: by the line, or by each of its variants. */
function stockFaults(items: PlanLine[]): Fault[] {
  const faults = items.flatMap(({ stock, variants = [] }, n): Fault[] => {
    const path = ['items', n, 'stock'];
    if (variants.length === 0) {
      return stock === undefined
        ? [{ path, message: 'must be given where there are no variants' }]
        : [];
    }
    if (!areUnique(variants.map(({ variantId }) => variantId))) {
      return [{ path: ['items', n, 'variants'], message: 'must not name a variant twice' }];
    }
    const sum = variants.reduce((units, variant) => units + variant.stock, 0);
    return stock === undefined || stock === sum
      ? []
      : [{ path, message: 'must be left out, or be the sum of the variants' }];
  });
  return items.flatMap(unitsOf).length > LIMITS.eventItemsMax
    ? [
        ...faults,
        { path: ['items'], message: `must have at most ${LIMITS.eventItemsMax} variants in all` },
      ]
    : faults;
}

/** Whether its times make sense depends on the clock: see schedule.ts. */
export const eventInputSchema = z
  .strictObject({
    title: lineSchema(LIMITS.titleCharsMax),
    description: textSchema(0, LIMITS.descriptionCharsMax).default(''),
    translations: eventTranslationsInputSchema.optional(),
    coverUrl: pictureUrlSchema.nullable().optional().meta({
      description: 'The picture of the event itself. Left out, the one that is there stays.',
    }),
    currency: currencySchema.refine(isCurrency, 'must be a currency of ISO 4217'),
    startsAt: timeInputSchema,
    endsAt: timeInputSchema,
    /** IANA name, such as `Europe/Copenhagen`. UTC if not given. */
    timeZone: z
      .string()
      .max(LIMITS.timeZoneCharsMax)
      .refine(isTimeZone, 'must be the IANA name of a time zone')
      .optional(),
    /** Nobody but admins sees or buys from an event that is not published. */
    published: z.boolean().default(true),
    holdSeconds: z
      .int()
      .min(LIMITS.holdSecondsMin)
      .max(LIMITS.holdSecondsMax)
      .default(LIMITS.holdSecondsDefault),
    /** Who may buy at the opening. In a draw whoever entered before it, in a drawn order. */
    admission: admissionSchema.default('first_come'),
    /** Whether one may enter the queue once the units have gone. */
    waitlist: z.boolean().default(true),
    /** How long an offer from the queue is held. */
    offerSeconds: z
      .int()
      .min(LIMITS.offerSecondsMin)
      .max(LIMITS.offerSecondsMax)
      .default(LIMITS.offerSecondsDefault),
    /** Whether an order is paid online before it is confirmed. Only where a provider is configured. */
    payment: paymentKindSchema.default('none'),
    /** Whether an order is for an address. */
    needsAddress: z.boolean().default(false),
    shipping: z
      .array(
        z.strictObject({
          ...shippingGroupSchema.shape,
          countries: z.array(
            z.string().refine(isCountry, 'must be a country of ISO 3166-1, in capitals'),
          ),
        }),
      )
      .max(SHIPPING_GROUPS_MAX)
      .default([])
      .meta({
        description:
          'What delivery costs, by country. Only together with `needsAddress`; empty: delivered everywhere for nothing. A price above 0 needs `payment: online` and no item that is free.',
      }),
    /** Only accounts whose e-mail address is verified may buy. Only where the shop sends mail. */
    requireVerifiedEmail: z.boolean().default(false),
    /**
     * The limit per customer counts the orders of all accounts of one mailbox: see mailbox.ts. Without
     * verified addresses a stranger could use up somebody's limit by an account of `somebody+x@…`.
     */
    oneLimitPerMailbox: z
      .boolean()
      .default(false)
      .meta({ description: 'Only together with `requireVerifiedEmail`, else 400 `malformed`.' }),
    /** Whether everybody may read the report of the sale once it is closed. */
    reportPublic: z.boolean().default(false),
    items: z
      .array(
        z.strictObject({
          itemId: itemIdSchema,
          /** How much it may be depends on the currency. */
          priceCents: z.int().min(0),
          /** Of an item without variants. */
          stock: z.int().min(0).max(LIMITS.stockMax).optional(),
          /** Over all variants of the item. */
          limitPerCustomer: z.int().min(1).max(LIMITS.quantityMax).default(1),
          variants: z
            .array(
              z.strictObject({
                variantId: variantIdSchema,
                stock: z.int().min(0).max(LIMITS.stockMax),
                priceCents: z.int().min(0).optional(),
              }),
            )
            .max(LIMITS.variantsPerItemMax)
            .optional()
            .meta({
              description:
                'The variants that are sold, in the order in which they are shown; a price where it differs from that of the item. Must be given for an item that has variants.',
            }),
        }),
      )
      .min(1)
      .max(LIMITS.itemsPerEventMax),
  })
  .refine(({ items }) => areUnique(items.map(({ itemId }) => itemId)), {
    path: ['items'],
    message: 'must not name an item twice',
  })
  .refine((event) => event.requireVerifiedEmail || !event.oneLimitPerMailbox, {
    path: ['oneLimitPerMailbox'],
    message: 'needs requireVerifiedEmail',
  })
  .superRefine((event, context) => {
    const faults = [...deliveryFaults(event), ...stockFaults(event.items), ...priceFaults(event)];
    for (const { path, message } of faults) {
      context.addIssue({ code: 'custom', path, message });
    }
  });
export type EventInput = z.infer<typeof eventInputSchema>;
