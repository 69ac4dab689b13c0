import { expect, it, vi } from 'vitest';
import { anOrder, aPaymentAnswer, BERLIN } from '../testing/builders.ts';
import { ok, refused } from '../testing/fake-api.ts';
import { createPaying, type PayingPorts } from './paying.ts';
import type { PaymentApi } from './payment-api.ts';

const PAGE = 'https://pay.example/session';

function setUp() {
  const pay = vi.fn<PaymentApi['pay']>(async () => ok(aPaymentAnswer(PAGE)));
  const leaveFor = vi.fn<PayingPorts['leaveFor']>();
  const onChanged = vi.fn<PayingPorts['onChanged']>();
  const paying = createPaying({ api: { pay }, orderId: anOrder().id, leaveFor, onChanged });
  return { pay, leaveFor, onChanged, paying };
}

it('leaves for the provider’s page once, however often the button is pressed', async () => {
  const { pay, leaveFor, paying } = setUp();
  await Promise.all([paying.pay(BERLIN), paying.pay(BERLIN)]);
  await paying.pay();
  expect(pay.mock.calls).toEqual([[anOrder().id, BERLIN]]);
  expect(leaveFor.mock.calls).toEqual([[PAGE]]);
  expect(paying.state.value.leavingFor).toBe(PAGE);
});

it('can be pressed again once the browser has brought the page back', async () => {
  const { pay, leaveFor, paying } = setUp();
  await paying.pay();
  paying.cameBack();
  await paying.pay();
  expect(pay).toHaveBeenCalledTimes(2);
  expect(leaveFor).toHaveBeenCalledTimes(2);
});

it('stays where the provider is away, says so, and can be pressed again', async () => {
  const { pay, leaveFor, onChanged, paying } = setUp();
  pay.mockResolvedValueOnce(refused({ code: 'unavailable' }));
  await paying.pay();
  expect(paying.state.value).toEqual({
    isAsking: false,
    leavingFor: null,
    problem: { code: 'unavailable' },
  });
  expect(onChanged).not.toHaveBeenCalled();
  await paying.pay();
  expect(paying.state.value.problem).toBeNull();
  expect(leaveFor.mock.calls).toEqual([[PAGE]]);
});

it('has the order looked at anew where it cannot be paid for any more', async () => {
  const { pay, leaveFor, onChanged, paying } = setUp();
  pay.mockResolvedValueOnce(refused({ code: 'hold_expired' }));
  await paying.pay();
  pay.mockResolvedValueOnce(ok(aPaymentAnswer(null)));
  await paying.pay();
  expect(onChanged).toHaveBeenCalledTimes(2);
  expect(leaveFor).not.toHaveBeenCalled();
});
