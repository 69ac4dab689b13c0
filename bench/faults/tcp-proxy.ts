/** A proxy that can fail: passes bytes to a port, late, not at all, or cuts them off. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * `pass` lets bytes through, `delay` lets them through late, `mute` lets through what is asked and
 * loses what is answered, `black_hole` takes both and says nothing, `cut` ends every connection,
 * also the new ones.
 */
export type ProxyMode = 'pass' | 'delay' | 'mute' | 'black_hole' | 'cut';

const DELAY_MS = 250;
const HOST = '127.0.0.1';

export interface TcpProxy {
  port: number;
  /** Where new connections go; those that are open stay where they are. */
  target: number;
  /** Of what was asked, how much a black hole took since it became one. */
  lostBytes: number;
  setMode(next: ProxyMode): void;
  close(): Promise<void>;
}

export async function openTcpProxy(target: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let mode: ProxyMode = 'pass';
  const server = createServer((near) => {
    if (mode === 'cut') {
      near.destroy();
      return;
    }
    const far = connect({ host: HOST, port: proxy.target });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('data', (bytes) => pass(bytes, to, from === near));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  function pass(bytes: Buffer, to: Socket, isAsked: boolean): void {
    if (mode === 'pass' || (mode === 'mute' && isAsked)) to.write(bytes);
    // What a black hole received is lost, as with a router that died.
    if (mode === 'black_hole' && isAsked) proxy.lostBytes += bytes.length;
    if (mode === 'delay') setTimeout(() => to.write(bytes), DELAY_MS);
  }
  const cutAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  server.listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  const proxy: TcpProxy = {
    port: address.port,
    target,
    lostBytes: 0,
    setMode(next) {
      mode = next;
      proxy.lostBytes = 0;
      if (next === 'cut') cutAll();
    },
    async close() {
      server.close();
      cutAll();
      await once(server, 'close');
    },
  };
  return proxy;
}
