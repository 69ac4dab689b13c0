/** A relay of a shop's own beacon, beside the shop, that can fail in every way a public one was seen to. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BeaconKey } from '../../worker/draw/bls.ts';
import { localRound } from '../../worker/draw/local-beacon.ts';

/** `mute` takes the request and never answers; `another_round` and `wrong_signature` are well formed. */
export type RelayMode = 'serve' | 'mute' | '404' | '500' | 'another_round' | 'wrong_signature';

export interface BeaconRelay {
  origin: string;
  /** What it does when asked for a round; it serves those that are not named here. */
  modes: Map<number, RelayMode>;
  /** How often it was asked for a round. */
  asked(round: number): number;
  close(): Promise<void>;
}

export async function openBeaconRelay(key: BeaconKey): Promise<BeaconRelay> {
  const modes = new Map<number, RelayMode>();
  const asked = new Map<number, number>();
  async function answer(round: number, response: ServerResponse): Promise<void> {
    asked.set(round, (asked.get(round) ?? 0) + 1);
    const mode = modes.get(round) ?? 'serve';
    switch (mode) {
      case 'mute':
        return;
      case '404':
      case '500':
        response.writeHead(Number(mode)).end('no round');
        return;
      case 'another_round':
        response.end(JSON.stringify(await localRound(key, round - 1)));
        return;
      case 'wrong_signature':
        response.end(JSON.stringify({ ...(await localRound(key, round - 1)), round }));
        return;
      case 'serve':
        response.end(JSON.stringify(await localRound(key, round)));
        return;
      default:
        mode satisfies never;
    }
  }
  const server = createServer((request, response) => {
    const [, round = ''] = /\/public\/(\d+)$/.exec(request.url ?? '') ?? [];
    void answer(Number(round), response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    modes,
    asked: (round) => asked.get(round) ?? 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
