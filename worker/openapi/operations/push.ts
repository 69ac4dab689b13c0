/** Notifications on the caller's device. */
import { ownPushSchema, pushInputSchema } from '../../contract/push.ts';
import type { Operation } from './operation.ts';

const PUBLIC_KEY =
  'BAxYTG8TkmmjymHh8yPTV3DWeRh6LkHsVOCEQVlvGyuKABRGZ2Jh5YIyFW4Hn1OPiDNi2WCfrnaxgbpDEFZB04U';
const ENDPOINT = 'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABnExample';
const subscription = {
  endpoint: ENDPOINT,
  expirationTime: null,
  keys: { p256dh: PUBLIC_KEY, auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
};

export const PUSH_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/profile/push',
    operationId: 'getOwnPush',
    tag: 'Profile',
    summary: 'Read whether this device is told by notifications',
    description:
      'The device is the one whose login the token was made for. `publicKey` is what a browser subscribes by; null where the shop sends no notifications.',
    caller: 'customer',
    answers: {
      200: {
        description: 'How it stands.',
        schema: ownPushSchema,
        example: { publicKey: PUBLIC_KEY, endpoint: ENDPOINT },
      },
    },
  },
  {
    method: 'put',
    path: '/profile/push',
    operationId: 'setOwnPush',
    tag: 'Profile',
    summary: 'Have this device told by notifications',
    description:
      'Told are: five minutes before it opens, a sale of which the caller is reminded; and that it is their turn in a queue. In place of what the device had before. Ends with the login, and where the push service knows the device no more.',
    caller: 'customer',
    body: { schema: pushInputSchema, example: { subscription, language: 'en' } },
    answers: { 204: { description: 'The device is told.' } },
    problems: ['push_service_unknown', 'push_unavailable'],
  },
  {
    method: 'delete',
    path: '/profile/push',
    operationId: 'deleteOwnPush',
    tag: 'Profile',
    summary: 'Have this device told no more',
    caller: 'customer',
    answers: { 204: { description: 'The device is not told.' } },
  },
];
