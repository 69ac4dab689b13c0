import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aSession } from '../testing/builders.ts';
import { fakeReviews } from '../testing/fake-reviews.tsx';
import { openShop, settle as pass } from '../testing/fake-shop.tsx';
import { PUSH_EN } from '../texts/lazy/push-en.ts';

const TITLE = 'Notifications on this device';
const ON = 'Also notify this device';
const OFF = 'Stop notifying this device';
const SUBSCRIPTION = {
  endpoint: 'https://fcm.googleapis.com/a',
  options: { applicationServerKey: null },
  toJSON: () => ({ keys: { p256dh: 'p', auth: 'a' } }),
  unsubscribe: async () => true,
};

let permission: NotificationPermission = 'default';

beforeEach(() => {
  vi.useFakeTimers();
  permission = 'default';
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A browser that can be told, whose owner answers so when asked. */
function browser(answer: NotificationPermission) {
  const asked = vi.fn<() => Promise<NotificationPermission>>(async () => {
    permission = answer;
    return answer;
  });
  let known: typeof SUBSCRIPTION | null = null;
  const pushManager = {
    getSubscription: async () => known,
    subscribe: async () => {
      known = SUBSCRIPTION;
      return known;
    },
  };
  const registration = { pushManager };
  const serviceWorker = {
    register: vi.fn<(script: string) => Promise<object>>(async () => registration),
    getRegistration: async () => registration,
    ready: Promise.resolve(registration),
  };
  vi.stubGlobal('PushManager', {});
  vi.stubGlobal('Notification', {
    requestPermission: asked,
    get permission() {
      return permission;
    },
  });
  vi.stubGlobal('navigator', withNavigator({ serviceWorker }));
  return { asked, serviceWorker };
}

const withNavigator = (members: object) => Object.assign(Object.create(navigator), members);

async function settle() {
  for (let turn = 0; turn < 6; turn++) await pass();
}

async function open(publicKey: string | null = 'key') {
  const reviews = fakeReviews();
  reviews.answer('GET /profile/push', { publicKey, endpoint: null });
  reviews.answer('PUT /profile/push', 204);
  reviews.answer('DELETE /profile/push', 204);
  await openShop({ api: reviews.api, session: aSession(), path: '/profile' });
  await settle();
  return reviews;
}

const press = async (name: string) => {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
};

test('a press switches the device on, and another one off again, on the same button', async () => {
  const { asked, serviceWorker } = browser('granted');
  const reviews = await open();
  expect(screen.getByRole('region', { name: TITLE })).toBeTruthy();
  expect(asked).not.toHaveBeenCalled();
  expect(serviceWorker.register).not.toHaveBeenCalled();
  const button = screen.getByRole('button', { name: ON });
  button.focus();
  await press(ON);
  expect(serviceWorker.register).toHaveBeenCalledWith('/sw.js');
  expect(reviews.asked.at(-1)).toMatchObject({
    what: 'PUT /profile/push',
    body: {
      subscription: { endpoint: SUBSCRIPTION.endpoint, keys: { p256dh: 'p', auth: 'a' } },
      language: 'en',
    },
  });
  expect(screen.getByText(/This device is notified/)).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: OFF }));
  expect(document.activeElement).toBe(button);
  await press(OFF);
  expect(reviews.count('DELETE /profile/push')).toBe(1);
  expect(screen.getByRole('button', { name: ON })).toBeTruthy();
});

test('who blocks notifications is told where to allow them', async () => {
  browser('denied');
  const reviews = await open();
  await press(ON);
  expect(screen.getByText(/Your browser blocks notifications/)).toBeTruthy();
  expect(screen.getByRole('button', { name: PUSH_EN.turnOnAgain })).toBeTruthy();
  expect(reviews.count('PUT /profile/push')).toBe(0);
});

test('nothing is offered by a shop that sends none, nor asked for in a browser that cannot', async () => {
  browser('granted');
  await open(null);
  expect(screen.queryByText(TITLE)).toBeNull();
  cleanup();
  vi.unstubAllGlobals();
  const reviews = await open();
  expect(screen.queryByText(TITLE)).toBeNull();
  expect(reviews.count('GET /profile/push')).toBe(0);
});

test('on an iPhone it is said that the shop has to be on the home screen first', async () => {
  vi.stubGlobal('navigator', withNavigator({ standalone: false }));
  await open();
  expect(screen.getByText(/Add to Home Screen/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: ON })).toBeNull();
});
