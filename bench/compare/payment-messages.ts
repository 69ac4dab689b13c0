/** The messages between the bench and the two programs that a payment needs beside the shop. Types only. */
import type { EventItemId } from '../../worker/contract/ids.ts';
import type { ProxyMode } from '../faults/tcp-proxy.ts';

/** `listen` comes first: the shop must know the way to the provider before it has an address for webhooks. */
export type ProviderOrder =
  | { kind: 'listen' }
  | { kind: 'serve'; secretKey: string; webhookUrl: string; webhookSecret: string }
  | { kind: 'mode'; mode: ProxyMode };

export type ProviderAnswer =
  | { kind: 'listening'; port: number }
  /** Where browsers go, whatever becomes of the shop's way. */
  | { kind: 'serving'; url: string }
  | { kind: 'changed' };

/** What became of those who pay. */
export interface Paid {
  begun: number;
  paid: number;
  /** The provider was away. */
  unavailable: number;
  /** What nobody expects, in words. */
  other: string[];
}

export interface PayersSale {
  /** Of the shop. */
  port: number;
  eventItemId: EventItemId;
  providerUrl: string;
  perSecond: number;
  /** Of as many shoppers as can begin; each of them pays once. */
  tokens: string[];
}

export type PayersOrder =
  | { kind: 'begin'; sale: PayersSale }
  /** Nobody begins any more. */
  | { kind: 'stop' }
  /** Answered when all who began have ended. */
  | { kind: 'end' };

export type PayersAnswer = { kind: 'begun' } | { kind: 'stopped' } | { kind: 'ended'; paid: Paid };
