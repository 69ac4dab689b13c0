/** Notifications on devices: how a device is switched on, and what it is told. */
import * as z from 'zod';
import { languageSchema } from './languages.ts';

const ENDPOINT_CHARS_MAX = 1_000;

/** What the browser’s own `PushSubscription` says of itself (Push API, RFC 8291). */
export const pushSubscriptionSchema = z.strictObject({
  /** Where notifications for this device are sent. */
  endpoint: z.url({ protocol: /^https?$/ }).max(ENDPOINT_CHARS_MAX),
  expirationTime: z.number().nullable().optional(),
  keys: z.strictObject({
    /** 65 bytes in base64url: an uncompressed point of P-256. */
    p256dh: z.string().regex(/^B[\w-]{86}$/),
    /** 16 bytes in base64url. */
    auth: z.string().regex(/^[\w-]{22}$/),
  }),
});
export type PushSubscriptionInput = z.infer<typeof pushSubscriptionSchema>;

export const pushInputSchema = z.strictObject({
  subscription: pushSubscriptionSchema,
  /** In which the device is told. */
  language: languageSchema,
});

/** How it stands with the device that asks. */
export const ownPushSchema = z.strictObject({
  /** By which a browser subscribes, in base64url; null where the shop sends no notifications. */
  publicKey: z.string().nullable(),
  /** Where this device’s are sent; null where it gets none. */
  endpoint: z.string().nullable(),
});
export type OwnPush = z.infer<typeof ownPushSchema>;

/** What is sent to a device, encrypted; the service worker shows it as it is. */
export interface PushMessage {
  kind: 'opens_soon' | 'your_turn';
  title: string;
  body: string;
  /** A path of the shop, where a tap leads. */
  url: string;
  /** A later notification with the same one takes its place. */
  tag: string;
}
