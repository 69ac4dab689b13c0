/** Where an order goes: its own address, else the one that is kept with the account. Must not draw. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Address } from '../../worker/contract/address.ts';
import type { Order } from '../../worker/contract/orders.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { useShop } from '../shop/shop.ts';
import { createAddressApi } from './address-api.ts';

export interface OrderPlace<Shown extends Order> {
  /** As the last answer has it. */
  readonly order: Shown;
  /** Of the account, where the order has none; undefined while that is being asked. */
  readonly own: Address | null | undefined;
  readonly isSending: boolean;
  readonly problem: CallProblem | null;
  /** @returns whether the order goes there now */
  sendTo(address: Address, isToBeKept: boolean): Promise<boolean>;
}

/** @param isOpen whether it can still be changed: only then the account's own is of interest */
export function useOrderAddress<Shown extends Order>(
  given: Shown,
  isOpen: boolean,
): OrderPlace<Shown> {
  const { api: shopApi } = useShop();
  const api = useMemo(() => createAddressApi(shopApi), [shopApi]);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [own, setOwn] = useState<Address | null>();
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  const order = withAnswer(given, answered);
  const isWanted = isOpen && order.needsAddress && order.address === null && own === undefined;
  useEffect(() => {
    if (!isWanted) return undefined;
    let isCurrent = true;
    // Without an answer one types it in.
    void api.own().then((result) => {
      if (isCurrent) setOwn(result.ok ? result.value.address : null);
    });
    return () => {
      isCurrent = false;
    };
  }, [api, isWanted]);

  async function sendTo(address: Address, isToBeKept: boolean) {
    setIsSending(true);
    setProblem(null);
    const result = await api.sendTo(order.id, { address, saveAddress: isToBeKept });
    setIsSending(false);
    if (result.ok) setAnswered({ to: JSON.stringify(given.address), order: result.value.order });
    else setProblem(result.problem);
    return result.ok;
  }
  return { order, own, isSending, problem, sendTo };
}

interface Answered {
  /** What the page had when that was sent. */
  readonly to: string;
  readonly order: Order;
}

/** Until the page has read the order anew. */
function withAnswer<Shown extends Order>(given: Shown, answered: Answered | null): Shown {
  if (answered?.order.id !== given.id || answered.to !== JSON.stringify(given.address)) {
    return given;
  }
  const { address, totals } = answered.order;
  return { ...given, address, totals };
}
