/**
 * A fan-out object: holds the sockets of some of an event's viewers, and hibernates between two
 * messages. It decides nothing: it gives the hub its sockets, storage, alarm and database.
 */
import { DurableObject } from 'cloudflare:workers';
import { readConfig } from '../../config/config.ts';
import { CLOSE_NOT_FOUND } from '../../contract/live.ts';
import { log } from '../../platform/log.ts';
import { openDb } from '../../stores/postgres/client.ts';
import {
  COUNT_MS,
  createPingCount,
  isSilent,
  PING,
  PONG,
  SILENT_CHECK_EVERY_MS,
} from '../rules/heartbeat.ts';
import { Hub } from '../rules/hub.ts';
import {
  ADDRESS_FULL,
  eventOfShard,
  NETWORK_HEADER,
  SHARD_FULL,
  SOCKETS_PER_ADDRESS_MAX,
  SOCKETS_PER_SHARD_MAX,
} from '../rules/shards.ts';
import type { Known, LiveState } from '../rules/snapshot.ts';
import { readLiveState } from './read-live-state.ts';

const KNOWN_KEY = 'known';
const CLOSE_POLICY = 1_008;
const CLOSE_TRY_AGAIN = 1_013;
/** Of sockets without a known network, as on a developer's machine; they are limited in production. */
const UNKNOWN_NETWORK = 'unknown';
const NETWORK_CHARS_MAX = 64;

export class LiveObject extends DurableObject<Env> {
  readonly #hub: Hub;
  readonly #mayPing = createPingCount();
  /** Whether the limit holds also for those of an unknown network. */
  readonly #limitsAll: boolean;
  #isCounting = false;
  #silentCheckedAtMs = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (ctx.id.name === undefined) throw new Error('a live object is found by its name only');
    const eventId = eventOfShard(ctx.id.name);
    const config = readConfig(env);
    const db = openDb(config);
    this.#limitsAll = config.addressLimits;
    this.#answerPingsAsleep();
    this.#hub = new Hub({
      nowMs: () => Date.now(),
      viewers: () => ctx.getWebSockets().length,
      broadcast: (text) => this.#each((socket) => socket.send(text)),
      dismiss: () => this.#each((socket) => socket.close(CLOSE_NOT_FOUND, 'not_found')),
      read: (nowMs) => readLiveState(db, eventId, nowMs),
      load: () => ctx.storage.kv.get<Known>(KNOWN_KEY),
      save: (known) => {
        if (known) ctx.storage.kv.put(KNOWN_KEY, known);
        else ctx.storage.kv.delete(KNOWN_KEY);
      },
      after: (ms, then) => void setTimeout(then, ms),
      setAlarm: (atMs) => void ctx.storage.setAlarm(atMs),
      report: (error) => log('error', 'live read failed', { eventId, error }),
    });
  }

  /** A handshake that the Worker let through: 101, or which limit is reached. */
  override fetch(handshake: Request): Response {
    const network = (handshake.headers.get(NETWORK_HEADER) ?? UNKNOWN_NETWORK).slice(
      0,
      NETWORK_CHARS_MAX,
    );
    const isLimited = this.#limitsAll || network !== UNKNOWN_NETWORK;
    // A socket that was closed and did not answer that counts too, until the runtime drops it.
    if (isLimited && this.ctx.getWebSockets(network).length >= SOCKETS_PER_ADDRESS_MAX) {
      return new Response(null, { status: ADDRESS_FULL });
    }
    if (this.ctx.getWebSockets().length >= SOCKETS_PER_SHARD_MAX) {
      this.#closeSilent();
      return new Response(null, { status: SHARD_FULL });
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [network]);
    server.serializeAttachment(Date.now());
    this.#countPings();
    const first = this.#hub.welcome();
    if (first !== undefined) server.send(first);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** @returns the number of viewers here. */
  publish(state: LiveState): number {
    this.#countPings();
    return this.#hub.publish(state);
  }

  /** @param changedAtMs milliseconds since the epoch */
  discuss(changedAtMs: number): void {
    this.#hub.discussionChanged(changedAtMs);
  }

  /** Something but a settlement changed the event. */
  refresh(): Promise<void> {
    return this.#hub.refresh();
  }

  override alarm(): Promise<void> {
    return this.#hub.onAlarm();
  }

  /** Anything but a ping is one message too many, and so is a ping too many. */
  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    // A message that was on its way when the socket was closed still arrives here.
    if (socket.readyState !== WebSocket.OPEN) return;
    const nowMs = Date.now();
    if (message === PING && this.#mayPing(socket, nowMs)) {
      socket.serializeAttachment(nowMs);
      socket.send(PONG);
    } else socket.close(CLOSE_POLICY, 'nothing is read here');
  }

  /**
   * Answers a close, as the runtime does not do it for sockets that may hibernate: the client would
   * wait for it, and the socket would still count.
   */
  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  #answerPingsAsleep(): void {
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** Answers pings for itself for a while, see COUNT_MS. The timer ends before it could hibernate. */
  #countPings(): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    this.ctx.setWebSocketAutoResponse();
    setTimeout(() => {
      this.#isCounting = false;
      this.#answerPingsAsleep();
    }, COUNT_MS);
  }

  /** Closes sockets that no longer ping: too late for this handshake, in time for the next. */
  #closeSilent(): void {
    const nowMs = Date.now();
    const sinceMs = nowMs - this.#silentCheckedAtMs;
    if (sinceMs >= 0 && sinceMs < SILENT_CHECK_EVERY_MS) return;
    this.#silentCheckedAtMs = nowMs;
    this.#each((socket) => {
      const pingedAtMs: unknown = socket.deserializeAttachment();
      const answeredAtMs = this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
      if (typeof pingedAtMs !== 'number') socket.serializeAttachment(nowMs);
      else if (isSilent(Math.max(pingedAtMs, answeredAtMs), nowMs)) {
        socket.close(CLOSE_TRY_AGAIN, 'its place is needed');
      }
    });
  }

  /** A socket that is closing may throw, which must not keep the others from their message. */
  #each(act: (socket: WebSocket) => void): void {
    for (const socket of this.ctx.getWebSockets()) {
      try {
        act(socket);
      } catch {
        socket.close();
      }
    }
  }
}
