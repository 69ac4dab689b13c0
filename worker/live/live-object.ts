/**
 * A fan-out object: holds some of an event's viewers' sockets, asleep between two messages. A thin
 * shell that gives the hub its sockets, its storage, its alarm and its database.
 */
import { DurableObject } from 'cloudflare:workers';
import { readConfig } from '../config/config.ts';
import { CLOSE_NOT_FOUND } from '../contract/live.ts';
import { log } from '../platform/log.ts';
import { openDb } from '../stores/postgres/client.ts';
import { Hub } from './hub.ts';
import {
  createPingCount,
  isSilent,
  LISTEN_MS,
  PING,
  PONG,
  SILENT_CHECK_EVERY_MS,
} from './listening.ts';
import { readLiveState } from './live-states.ts';
import {
  ADDRESS_FULL,
  eventOfShard,
  NETWORK_HEADER,
  SHARD_FULL,
  SOCKETS_PER_ADDRESS_MAX,
  SOCKETS_PER_SHARD_MAX,
} from './shards.ts';
import type { Known, LiveState } from './snapshot.ts';

const KNOWN_KEY = 'known';
const CLOSE_POLICY = 1_008;
const CLOSE_TRY_AGAIN = 1_013;
/** Of sockets whose network nobody tells, as on a developer's machine; they are limited in production. */
const UNKNOWN_NETWORK = 'unknown';
const NETWORK_CHARS_MAX = 64;

export class LiveObject extends DurableObject<Env> {
  readonly #hub: Hub;
  readonly #mayStay = createPingCount();
  /** Whether the limit holds also for those of an unknown network. */
  readonly #limitsAll: boolean;
  #isListening = false;
  #silentCheckedAtMs = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (ctx.id.name === undefined) throw new Error('a live object is found by its name only');
    const eventId = eventOfShard(ctx.id.name);
    const config = readConfig(env);
    const db = openDb(config);
    this.#limitsAll = config.addressLimits;
    this.#answerAsleep();
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

  /** A handshake that the Worker let through: 101, or why there is no place for it. */
  override fetch(handshake: Request): Response {
    const network = (handshake.headers.get(NETWORK_HEADER) ?? UNKNOWN_NETWORK).slice(
      0,
      NETWORK_CHARS_MAX,
    );
    const isLimited = this.#limitsAll || network !== UNKNOWN_NETWORK;
    // Those that were closed and never answer that count too: they still take the place.
    if (isLimited && this.ctx.getWebSockets(network).length >= SOCKETS_PER_ADDRESS_MAX) {
      return new Response(null, { status: ADDRESS_FULL });
    }
    if (this.ctx.getWebSockets().length >= SOCKETS_PER_SHARD_MAX) {
      this.#dismissSilent();
      return new Response(null, { status: SHARD_FULL });
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [network]);
    server.serializeAttachment(Date.now());
    this.#listen();
    const first = this.#hub.welcome();
    if (first !== undefined) server.send(first);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** @returns how many watch here. */
  publish(state: LiveState): number {
    this.#listen();
    return this.#hub.publish(state);
  }

  /** @param changedAtMs milliseconds since the epoch */
  discuss(changedAtMs: number): void {
    this.#hub.discuss(changedAtMs);
  }

  /** Something but a settlement changed the event. */
  refresh(): Promise<void> {
    return this.#hub.refresh();
  }

  override alarm(): Promise<void> {
    return this.#hub.wake();
  }

  /** Anything but a ping is one message too many, and so is a ping too many. */
  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    // What was on its way when it was closed is still told here.
    if (socket.readyState !== WebSocket.OPEN) return;
    const nowMs = Date.now();
    if (message === PING && this.#mayStay(socket, nowMs)) {
      socket.serializeAttachment(nowMs);
      socket.send(PONG);
    } else socket.close(CLOSE_POLICY, 'nothing is read here');
  }

  /**
   * Whoever closes is answered, as the runtime does not do it for sockets that may sleep: they would
   * wait for it, and keep their place.
   */
  override webSocketClose(socket: WebSocket): void {
    socket.close();
  }

  #answerAsleep(): void {
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** Answers pings for itself for a while, see LISTEN_MS. The timer is over before it would sleep. */
  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.ctx.setWebSocketAutoResponse();
    setTimeout(() => {
      this.#isListening = false;
      this.#answerAsleep();
    }, LISTEN_MS);
  }

  /** Whoever fills places and is never heard of gives them up; the next one who comes has room. */
  #dismissSilent(): void {
    const nowMs = Date.now();
    const sinceMs = nowMs - this.#silentCheckedAtMs;
    if (sinceMs >= 0 && sinceMs < SILENT_CHECK_EVERY_MS) return;
    this.#silentCheckedAtMs = nowMs;
    this.#each((socket) => {
      const heardAtMs: unknown = socket.deserializeAttachment();
      const answeredAtMs = this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
      if (typeof heardAtMs !== 'number') socket.serializeAttachment(nowMs);
      else if (isSilent(Math.max(heardAtMs, answeredAtMs), nowMs)) {
        socket.close(CLOSE_TRY_AGAIN, 'its place is needed');
      }
    });
  }

  /** A socket that is closing takes nothing any more, and must not keep the others from it. */
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
