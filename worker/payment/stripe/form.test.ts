import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Form, parseForm } from '../../../local/stripe/form.ts';
import { encodeForm, type Param } from './form.ts';

const name = fc.string({ minLength: 1, maxLength: 8 }).filter((one) => !/[[\]]/.test(one));
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(undefined));
const { value } = fc.letrec<{ value: Param }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const params = fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true });

/** What whoever reads the form is to find: texts, without what is undefined or empty. */
function asRead(given: Param): Form | string | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== 'object') return String(given);
  const entries = Object.entries(given)
    .map(([key, inner]) => [key, asRead(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Form);
}

describe('the form-encoding of parameters', () => {
  it('is what Stripe asks for', () => {
    const form = encodeForm({
      mode: 'payment',
      line_items: [{ price_data: { unit_amount: 600 }, quantity: 2 }],
      expand: ['a.b', 'c'],
      adaptive_pricing: { enabled: false },
      left_out: undefined,
    });
    expect(decodeURIComponent(form)).toBe(
      'mode=payment&line_items[0][price_data][unit_amount]=600&line_items[0][quantity]=2' +
        '&expand[0]=a.b&expand[1]=c&adaptive_pricing[enabled]=false',
    );
  });

  it('is read back as it was, whatever is in it', () => {
    fc.assert(
      fc.property(params, (given) => {
        expect(structuredClone(parseForm(encodeForm(given)))).toEqual(asRead(given) ?? {});
      }),
    );
  });
});
