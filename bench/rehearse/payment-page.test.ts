/** Proves that cards are sent to the local provider's page, and to no other. */
import { expect, test } from 'vitest';
import { stripeClient } from '../../local/stripe/testing/stripe-client.ts';
import { CARDS, openPaymentPage, type SentForm } from './payment-page.ts';

const TIMING = { requestMsMax: 10_000, retryMsMax: 1_000 };

function openPage(providerUrl: string, onForm?: (form: SentForm) => void) {
  let nowMs = 0;
  const now = () => (nowMs += 400);
  const { signal: stopped } = new AbortController();
  return openPaymentPage({ providerUrl, timing: TIMING, now, stopped, onForm });
}

test('each form is answered and noted, with the time that it took', async () => {
  const { stripe, session } = await stripeClient();
  const forms: SentForm[] = [];
  const submit = openPage(stripe.url, (form) => forms.push(form));
  const { url } = await session();
  expect(await submit(String(url), { card: CARDS.declined })).toBe('declined');
  expect(await submit(String(url), { card: CARDS.good })).toBe('paid');
  expect(await submit(String(url), { card: CARDS.good })).toBe('over');
  expect(forms.map(({ submitted }) => submitted)).toEqual(['declined', 'paid', 'over']);
  expect(forms[0]).toMatchObject({ tookMs: 400 });
});

test('whoever finds the provider away tries again, until it takes too long', async () => {
  const { stripe, session } = await stripeClient();
  const { url } = await session();
  stripe.setFaults({ isDown: true });
  const forms: SentForm[] = [];
  const submit = openPage(stripe.url, (form) => forms.push(form));
  expect(await submit(String(url), { card: CARDS.good })).toBe('away');
  expect(forms.length).toBeGreaterThan(1);
});

test('a page of another provider is sent no card', async () => {
  const submit = openPage('http://127.0.0.1:12111');
  await expect(submit('https://checkout.stripe.com/c/pay/cs_1', {})).rejects.toThrow(
    'the shop has its orders paid at https://checkout.stripe.com, and not at http://127.0.0.1:12111',
  );
});
