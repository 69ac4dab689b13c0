/** An event's plan as an admin sends it. */
import * as z from 'zod';
import { amountText, isCurrency, priceMinorMax, SALE_VALUE_MINOR_MAX } from './currencies.ts';
import { itemIdSchema, variantIdSchema } from './ids.ts';
import { isTimeZone } from './local-time.ts';
import { paymentKindSchema } from './payments.ts';
import { admissionSchema } from './queue.ts';
import { areUnique, currencySchema, LIMITS, lineSchema, textSchema } from './values.ts';

/** RFC 3339 with an offset, or a wall-clock time without one, which `timeZone` places. */
const timeInputSchema = z.iso.datetime({ offset: true, local: true });

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

function priceFaults(currency: string, items: PlanLine[]): Fault[] {
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
    .reduce((sum, { priceCents, stock }) => sum + priceCents * stock, 0);
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
  .superRefine(({ currency, items }, context) => {
    for (const { path, message } of [...stockFaults(items), ...priceFaults(currency, items)]) {
      context.addIssue({ code: 'custom', path, message });
    }
  });
export type EventInput = z.infer<typeof eventInputSchema>;
