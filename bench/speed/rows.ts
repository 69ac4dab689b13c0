/** The rows of the table: what each phase does, and which answer it expects. Measures nothing. */
import pg from 'pg';
import type { EventItemId } from '../../worker/contract/ids.ts';
import { type Connection, openConnection, requestText } from './connection.ts';
import type { HttpAnswer } from './http-answer.ts';
import { NAIVE_PURCHASE, naiveParams, RECORD_ORDER, TAKE_UNIT } from './naive.ts';
import type { Client, Outcome } from './phase.ts';
import { shopperId } from './shopper-ids.ts';

export const LIST_SIZE = 100;
const JSON_BODY = '{"quantity":1}';
const OK = '200';
const CREATED = '201';
const SOLD_OUT = '409 sold_out';
const QUEUE_AHEAD = '409 queue_ahead';

/** What clients do for a fixed time. */
const PHASES = [
  'ok',
  'sold_out',
  'empty',
  'reserve',
  'enter',
  'confirm',
  'naive',
  'list',
  'sql',
  'sql_statement',
] as const;
/** What is done once, with a queue that is there already; `draw` is measured together with its ranking. */
export const QUEUE_RUNS = ['rank', 'draw', 'draw_sql', 'freed', 'freed_busy'] as const;
export const ROW_NAMES = [...PHASES, ...QUEUE_RUNS] as const;
export type RowName = (typeof ROW_NAMES)[number];
export type PhaseName = (typeof PHASES)[number];
export type QueueRunName = Exclude<(typeof QUEUE_RUNS)[number], 'rank'>;
/** Asks once, and measures nothing. */
type CallName = 'queue_ahead';

export interface Shoppers {
  /** The number of the first of so many who have not bought in this phase. */
  take(count: number): number;
  token(number: number): string;
}

export interface RowTarget {
  port: number;
  postgresUrl: string;
  shoppers: Shoppers;
}

export interface RowClients {
  clients: Client[];
  close(): Promise<void>;
}

/** Opens the row's connections; nothing is sent yet. */
export async function openClients(
  row: { name: PhaseName | CallName; connections: number },
  eventItemId: EventItemId,
  target: RowTarget,
): Promise<RowClients> {
  if (isSql(row.name)) {
    return openSqlClients(row.connections, eventItemId, {
      ...target,
      buy: SQL_PURCHASES[row.name],
    });
  }
  const connections = await Promise.all(
    Array.from({ length: row.connections }, () => openConnection(target.port)),
  );
  const clientOf = HTTP_CLIENTS[row.name];
  return {
    clients: connections.map((connection) => clientOf(connection, eventItemId, target.shoppers)),
    close: async () => {
      for (const connection of connections) connection.close();
    },
  };
}

type SqlRow = 'sql' | 'sql_statement';
type SqlPurchase = (client: pg.Client, values: (string | null)[]) => Promise<boolean>;

function isSql(name: PhaseName | CallName): name is SqlRow {
  return name === 'sql' || name === 'sql_statement';
}

type ClientOf = (connection: Connection, eventItemId: EventItemId, shoppers: Shoppers) => Client;

const HTTP_CLIENTS: Record<Exclude<PhaseName, SqlRow> | CallName, ClientOf> = {
  ok: onePost(() => '/bench/ok', OK),
  empty: onePost(() => '/bench/empty', OK),
  naive: onePost((id) => `/bench/naive/${id}`, CREATED),
  reserve: onePost(purchasePath, CREATED),
  sold_out: onePost(purchasePath, SOLD_OUT),
  queue_ahead: onePost(purchasePath, QUEUE_AHEAD),
  enter: onePost((id) => `/api/v1/queue/${id}`, CREATED),
  confirm: reserveAndConfirm,
  list: oneList,
};

function purchasePath(eventItemId: string): string {
  return `/api/v1/purchase/${eventItemId}`;
}

/** All of them carry what a purchase carries, so that their difference is what they do. */
function onePost(pathOf: (eventItemId: EventItemId) => string, expected: string): ClientOf {
  return (connection, eventItemId, shoppers) => {
    const path = pathOf(eventItemId);
    return async () => outcomeOf(await connection.send(purchase(path, shoppers)), expected);
  };
}

/** Counts once for both requests. */
function reserveAndConfirm(
  connection: Connection,
  eventItemId: EventItemId,
  shoppers: Shoppers,
): Client {
  return async () => {
    const number = shoppers.take(1);
    const token = shoppers.token(number);
    const reserved = await connection.send(
      requestText(purchasePath(eventItemId), {
        token,
        key: `reserve-${number}-${eventItemId}`,
        json: JSON_BODY,
      }),
    );
    const orderId = /"id":"(ord_\w+)"/.exec(reserved.body)?.[1];
    if (orderId === undefined) return outcomeOf(reserved, CREATED);
    const confirmed = await connection.send(
      requestText(`${purchasePath(orderId)}/confirm`, { token, key: `confirm-${orderId}` }),
    );
    return outcomeOf(confirmed, OK);
  };
}

function oneList(connection: Connection, eventItemId: EventItemId, shoppers: Shoppers): Client {
  return async () => {
    const json = JSON.stringify({ first: shoppers.take(LIST_SIZE), count: LIST_SIZE });
    const answer = await connection.send(requestText(`/bench/list/${eventItemId}`, { json }));
    const all = answer.body === `{"granted":${LIST_SIZE},"refused":[]}`;
    const code = codeOf(answer) === OK ? 'list not granted in full' : codeOf(answer);
    return { units: all ? LIST_SIZE : 0, code, expected: all };
  };
}

/** Both prepared, straight to Postgres, with nothing in between. */
const SQL_PURCHASES: Record<SqlRow, SqlPurchase> = {
  /** As an application writes it: a transaction of two statements. */
  sql: async (client, values) => {
    await client.query('BEGIN');
    const taken = await client.query({ name: 'take', text: TAKE_UNIT, values: [values[0]] });
    if (taken.rowCount === 1) await client.query({ name: 'record', text: RECORD_ORDER, values });
    await client.query('COMMIT');
    return taken.rowCount === 1;
  },
  /** The naive design's one statement, which holds the lock for one round trip less. */
  sql_statement: async (client, values) => {
    const { rowCount } = await client.query({ name: 'naive', text: NAIVE_PURCHASE, values });
    return rowCount === 1;
  },
};

async function openSqlClients(
  count: number,
  eventItemId: EventItemId,
  { postgresUrl, shoppers, buy }: RowTarget & { buy: SqlPurchase },
): Promise<RowClients> {
  const connections = Array.from({ length: count }, () => new pg.Client(postgresUrl));
  await Promise.all(connections.map((connection) => connection.connect()));
  const clients = connections.map((connection) => async (): Promise<Outcome> => {
    const customerId = shopperId(shoppers.take(1));
    const values = naiveParams({ eventItemId, customerId, key: `${customerId}-${eventItemId}` });
    return { units: 1, code: 'no row', expected: await buy(connection, values) };
  });
  return {
    clients,
    close: async () => {
      await Promise.all(connections.map((connection) => connection.end()));
    },
  };
}

function purchase(path: string, shoppers: Shoppers): string {
  const number = shoppers.take(1);
  // The path holds the event, so a shopper's key is another one in each phase.
  const key = `reserve-${number}-${path}`;
  return requestText(path, { token: shoppers.token(number), key, json: JSON_BODY });
}

function outcomeOf(answer: HttpAnswer, expected: string): Outcome {
  const code = codeOf(answer);
  return { units: 1, code, expected: code === expected };
}

function codeOf({ status, body }: HttpAnswer): string {
  return `${status} ${/"code":"(\w+)"/.exec(body)?.[1] ?? ''}`.trim();
}
