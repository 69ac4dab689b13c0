/**
 * A fan-out object: holds some of an event's viewers' sockets, asleep between two messages. A thin
 * shell that gives the hub its sockets, its storage, its alarm and its database.
 */
import { DurableObject } from 'cloudflare:workers';
import { readConfig } from '../config.ts';
import { CLOSE_NOT_FOUND } from '../contract/live.ts';
import { log } from '../log.ts';
import { readLiveState } from '../stores/live-states.ts';
import { openDb } from '../stores/postgres.ts';
import { Hub } from './hub.ts';
import { eventOfShard, SOCKETS_PER_SHARD_MAX } from './shards.ts';
import type { Known, LiveState } from './snapshot.ts';

const KNOWN_KEY = 'known';
/** Viewers have nothing to say; whoever sends more than this is sent away. */
const MESSAGE_CHARS_MAX = 64;
const CLOSE_POLICY = 1_008;

export class LiveObject extends DurableObject<Env> {
  readonly #hub: Hub;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (ctx.id.name === undefined) throw new Error('a live object is found by its name only');
    const eventId = eventOfShard(ctx.id.name);
    const db = openDb(readConfig(env));
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
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

  /** A handshake that the Worker let through: 101, or 503 where no further socket fits. */
  override fetch(): Response {
    if (this.ctx.getWebSockets().length >= SOCKETS_PER_SHARD_MAX) {
      return new Response(null, { status: 503 });
    }
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    const first = this.#hub.welcome();
    if (first !== undefined) server.send(first);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** @returns how many watch here. */
  publish(state: LiveState): number {
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

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    const size = typeof message === 'string' ? message.length : message.byteLength;
    if (size > MESSAGE_CHARS_MAX) socket.close(CLOSE_POLICY, 'nothing is read here');
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
