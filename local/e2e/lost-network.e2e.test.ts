/** A network that is gone for ten seconds, with every connection that was open. */
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openTcpProxy, type TcpProxy } from '../../bench/faults/tcp-proxy.ts';
import { eventually, makeSale } from './backstage.ts';
import {
  arrive,
  buyButton,
  confirm,
  hold,
  holdOne,
  ITEM,
  left,
  markPage,
  wasReloaded,
} from './shopper.ts';
import { PHONE, setStage } from './stage.ts';

const GONE_MS = 10_000;
const stage = setStage();
let wire: TcpProxy;

beforeEach(async () => {
  wire = await openTcpProxy(Number(new URL(inject('shopUrl')).port));
});
afterEach(() => wire.close());

/** A phone whose every byte goes over the wire that can be cut. */
function openPhone(): Promise<Page> {
  return stage.open({ ...PHONE, baseURL: `http://localhost:${wire.port}` });
}

/** Cuts the wire, as the browser notices too; what happens meanwhile is the story's. */
async function whileGone(context: BrowserContext, happens: () => Promise<void>): Promise<void> {
  const backAtMs = Date.now() + GONE_MS;
  await context.setOffline(true);
  wire.weather('cut');
  await happens();
  await pause(Math.max(0, backAtMs - Date.now()));
  wire.weather('pass');
  await context.setOffline(false);
}

describe('a network that is gone for ten seconds', () => {
  it('is told of, a purchase says that it did not go through, and the stock is right after', async () => {
    const sale = await makeSale({ stock: 3 });
    const [maja, ole] = await Promise.all([openPhone(), stage.open()]);
    await Promise.all([arrive(maja, sale.path, 'Maja'), arrive(ole, sale.path, 'Ole')]);
    await left(maja, 3).waitFor();
    await markPage(maja);

    await whileGone(maja.context(), async () => {
      await maja.getByText('You are offline.').waitFor();
      await buyButton(maja).click();
      await maja.getByText('No connection. Check your network and try again.').waitFor();
      expect(await hold(maja).count()).toBe(0);
      // Meanwhile the sale goes on without her.
      await holdOne(ole);
      await confirm(ole);
      await left(maja, 3).waitFor();
    });

    // Nobody touches the page: it says what is left, and that it is online.
    await left(maja, 2).waitFor();
    await maja.getByText('You are offline.').waitFor({ state: 'detached' });
    expect(await sale.stock()).toEqual({ total: 3, remaining: 2, held: 0, sold: 1 });
    // A new press repeats the first one, which never arrived: one hold.
    await holdOne(maja);
    expect(await sale.stock()).toEqual({ total: 3, remaining: 1, held: 1, sold: 1 });
    expect(await wasReloaded(maja)).toBe(false);
  });

  it('in the middle of a purchase buys nothing twice, and the hold is found after', async () => {
    const sale = await makeSale({ stock: 3 });
    const page = await openPhone();
    await arrive(page, sale.path, 'Maja');
    await markPage(page);

    // The purchase arrives, its answer does not.
    wire.weather('mute');
    await buyButton(page).click();
    await eventually(sale.stock, ({ held }) => held === 1);
    await whileGone(page.context(), async () => {
      await page.getByText('No connection. Check your network and try again.').waitFor();
    });

    // The hold that she was never told of is there by itself.
    await hold(page).waitFor();
    expect(await sale.stock()).toEqual({ total: 3, remaining: 2, held: 1, sold: 0 });
    await confirm(page);
    expect(await sale.stock()).toEqual({ total: 3, remaining: 2, held: 0, sold: 1 });
    expect(await page.getByRole('button', { name: ITEM }).count()).toBe(0);
    expect(await wasReloaded(page)).toBe(false);
  });

  it('in the middle of a confirmation neither loses nor doubles the order', async () => {
    const sale = await makeSale({ stock: 3 });
    const page = await openPhone();
    await arrive(page, sale.path, 'Maja');
    await holdOne(page);

    wire.weather('mute');
    await page.getByRole('button', { name: 'Confirm order' }).click();
    await eventually(sale.stock, ({ sold }) => sold === 1);
    await whileGone(page.context(), async () => {
      await page.getByText('No connection. Check your network and try again.').waitFor();
    });
    await page.getByText('It is yours').waitFor();
    expect(await sale.stock()).toEqual({ total: 3, remaining: 2, held: 0, sold: 1 });
  });
});
