/**
 * An object for one round of a beacon, found by `roundName`, and one that tells the chain of the shop's own
 * beacon. To check a signature takes up to a tenth of a second of CPU: it is done here, where no purchase runs.
 */
import { DurableObject } from 'cloudflare:workers';
import { type Config, readConfig } from '../../config/config.ts';
import type { NamedBeacon } from '../../contract/draw.ts';
import { log } from '../../platform/log.ts';
import type { BeaconRound } from '../beacon.ts';
import { type BeaconChain, QUICKNET } from '../beacon-rounds.ts';
import type { BeaconKey } from '../bls.ts';
import { KeptRound } from '../kept-round.ts';
import { localBeaconKey, localRelay } from '../local-beacon.ts';
import { askRelays, httpRelay, type Relay, type RelayReport } from '../relays.ts';

const KEPT_AS = 'round';
/** Then its draws have long been drawn; one that is not asks for it again. */
const KEPT_MS = 24 * 60 * 60 * 1_000;
const JITTER_MS_MAX = 300;

export class BeaconObject extends DurableObject<Env> {
  readonly #config: Config;
  readonly #round: KeptRound;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#config = readConfig(env);
    this.#round = new KeptRound({
      load: () => ctx.storage.get<BeaconRound>(KEPT_AS),
      keep: async (round) => {
        await ctx.storage.setAlarm(Date.now() + KEPT_MS);
        await ctx.storage.put(KEPT_AS, round);
      },
      ask: (named) => this.#ask(named),
      nowMs: () => Date.now(),
    });
  }

  /** Null where it cannot be had yet. */
  async round(named: NamedBeacon): Promise<BeaconRound | null> {
    return (await this.#round.get(named)) ?? null;
  }

  /** The chain of the shop's own beacon. */
  async localChain(): Promise<BeaconChain> {
    const { chain, publicKey } = await localBeaconKey(this.#config.jwtSecret);
    return { chain, publicKey };
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  async #ask(named: NamedBeacon): Promise<BeaconRound | undefined> {
    const { kind, round } = named;
    const asked = kind === 'drand' ? this.#publicRelays(named) : await this.#localRelays(named);
    if (asked === undefined) {
      log('error', 'the beacon of a draw is not known here', { kind, chain: named.chain, round });
      return undefined;
    }
    // Nobody's relay is asked by all shops in one millisecond, nor always the first of the list.
    const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
    const { relays, publicKey, isOwn } = asked;
    if (!isOwn) await scheduler.wait(random % JITTER_MS_MAX);
    const report = (relaysAsked: RelayReport[]) =>
      log('error', 'a relay is of no use', { round, relaysAsked });
    return askRelays(relays, { ...named, publicKey }, { first: random, report });
  }

  #publicRelays({ chain, publicKey }: NamedBeacon) {
    if (chain !== QUICKNET.chain || publicKey !== QUICKNET.publicKey) return undefined;
    return { publicKey, relays: this.#config.draw.publicRelays.map(overHttp), isOwn: false };
  }

  /** A draw that was planned before its beacon was kept names no chain. */
  async #localRelays({ chain, publicKey }: NamedBeacon) {
    const key = await this.#localKey(chain);
    if (chain !== '' && (key.chain !== chain || key.publicKey !== publicKey)) return undefined;
    const { localRelays } = this.#config.draw;
    const isOwn = localRelays.length === 0;
    const relays = isOwn ? [localRelay(key, () => Date.now())] : localRelays.map(overHttp);
    return { publicKey: key.publicKey, relays, isOwn };
  }

  async #localKey(chain: string): Promise<BeaconKey> {
    const { jwtSecret, jwtSecretPrevious } = this.#config;
    const key = await localBeaconKey(jwtSecret);
    if (chain === '' || chain === key.chain || jwtSecretPrevious === undefined) return key;
    return localBeaconKey(jwtSecretPrevious);
  }
}

function overHttp(origin: string): Relay {
  return httpRelay(origin, (url, init) => fetch(url, init));
}
