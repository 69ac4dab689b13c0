/** The beacon as an event's object asks for it: by a call to the object of its round. */
import type { NamedBeacon } from '../contract/draw.ts';
import { reached } from '../platform/reached.ts';
import type { Beacon, BeaconRound } from './beacon.ts';

/** Longer than it takes to ask every relay. */
const ANSWER_MS_MAX = 20_000;

/** The object that tells the chain of the shop's own beacon. */
export const LOCAL_CHAIN_NAME = 'local';

/** The name of a round's object. */
export function roundName({ kind, chain, round }: NamedBeacon): string {
  return `${kind}/${chain}/${round}`;
}

export function createBeaconClient(ports: {
  /** Calls the object of that name. */
  call(name: string, named: NamedBeacon): Promise<BeaconRound | null>;
  pause(ms: number): Promise<unknown>;
}): Beacon {
  const late = (): Promise<never> => ports.pause(ANSWER_MS_MAX).then(noAnswer);
  return {
    async round(named) {
      const call = () => Promise.race([ports.call(roundName(named), named), late()]);
      return (await reached(call)) ?? undefined;
    },
  };
}

function noAnswer(): never {
  throw new Error(`no answer in ${ANSWER_MS_MAX} ms`);
}
