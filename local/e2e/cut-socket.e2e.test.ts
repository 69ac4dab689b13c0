/** The socket that tells of the sale: lost for a moment, or never to be had. */
import type { Page, WebSocket } from 'playwright-core';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { openTcpProxy, type TcpProxy } from '../../bench/faults/tcp-proxy.ts';
import { PHONE, useBrowser } from './browser-pages.ts';
import { eventually, makeSale } from './sale-setup.ts';
import { arrive, confirm, holdOne, left, markPage, wasReloaded } from './shopper.ts';

/** A lost socket comes back within the first spread, and what a busy machine adds. */
const RECONNECTED_MS_MAX = 20_500 + 5_000;
const browser = useBrowser();
let wire: TcpProxy;

beforeEach(async () => {
  wire = await openTcpProxy(Number(new URL(inject('shopUrl')).port));
});
afterEach(() => wire.close());

/** Every socket that the page opens from now on, with what each was told. */
function socketsOf(page: Page) {
  const sockets: { readonly socket: WebSocket; readonly told: string[] }[] = [];
  page.on('websocket', (socket) => {
    const told: string[] = [];
    sockets.push({ socket, told });
    socket.on('framereceived', ({ payload }) => told.push(String(payload)));
  });
  return sockets;
}

it('is cut with all others: the page shows what it missed at once, and listens again later', async () => {
  const sale = await makeSale({ stock: 4 });
  const [maja, ole] = await Promise.all([
    browser.open({ ...PHONE, baseURL: `http://localhost:${wire.port}` }),
    browser.open(),
  ]);
  const sockets = socketsOf(maja);
  await Promise.all([arrive(maja, sale.path, 'Maja'), arrive(ole, sale.path, 'Ole')]);
  await eventually(
    async () => sockets.at(-1)?.told.length ?? 0,
    (told) => told > 0,
  );
  await markPage(maja);
  const before = sockets.length;

  // The server goes away for a moment, and a unit is sold that this page is not told of.
  wire.setMode('cut');
  const cutAtMs = Date.now();
  await eventually(
    async () => sockets.every(({ socket }) => socket.isClosed()),
    (isCut) => isCut,
  );
  await holdOne(ole);
  wire.setMode('pass');
  await left(maja, 3).waitFor();

  // A socket of its own again, and what it tells is shown.
  await eventually(
    async () => sockets.slice(before).some(({ told }) => told.length > 0),
    (isOpen) => isOpen,
  );
  expect(Date.now() - cutAtMs).toBeLessThan(RECONNECTED_MS_MAX);
  const told = sockets.at(-1)?.told.length ?? 0;
  await confirm(ole);
  await maja.getByText('1 sold', { exact: true }).waitFor();
  expect(sockets.at(-1)?.told.length).toBeGreaterThan(told);
  expect(await wasReloaded(maja)).toBe(false);
});

it('is refused by something on the way: the page asks instead', async () => {
  const sale = await makeSale({ stock: 4 });
  const [maja, ole] = await Promise.all([browser.open(), browser.open()]);
  await maja.routeWebSocket(/\/live$/, (socket) => socket.close());
  await Promise.all([arrive(maja, sale.path, 'Maja'), arrive(ole, sale.path, 'Ole')]);
  await left(maja, 4).waitFor();
  await markPage(maja);

  await holdOne(ole);
  await left(maja, 3).waitFor();
  await maja.getByText('1 held', { exact: true }).waitFor();
  await confirm(ole);
  await maja.getByText('1 sold', { exact: true }).waitFor();
  expect(await wasReloaded(maja)).toBe(false);
});
