/** What this browser can do about notifications. Asks a person only where `subscribe` is called. */
import type { PushSubscriptionInput } from '../../worker/contract/push.ts';

const SCRIPT = '/sw.js';

export interface PushDevice {
  /** `install`: once the shop is on the home screen, as on an iPhone. */
  support(): 'ready' | 'install' | 'none';
  /** Whether its owner said no for good. */
  isBlocked(): boolean;
  /** As it is told now; null where it is not. */
  current(): Promise<PushSubscriptionInput | null>;
  /**
   * Asks its owner where that was not asked before.
   * @returns null where they said no. Rejects where the browser cannot.
   */
  subscribe(publicKey: string): Promise<PushSubscriptionInput | null>;
  /** Doing it twice changes nothing. */
  unsubscribe(): Promise<void>;
}

export const PUSH_DEVICE: PushDevice = {
  support() {
    const canTell = 'PushManager' in globalThis && 'Notification' in globalThis;
    if (canTell && 'serviceWorker' in navigator) return 'ready';
    // Only Safari on a phone or tablet says so, where a page in a tab cannot be told.
    return 'standalone' in navigator && navigator.standalone === false ? 'install' : 'none';
  },
  isBlocked: () => Notification.permission === 'denied',
  async current() {
    const known = await subscriptionNow();
    return known && Notification.permission === 'granted' ? inputOf(known) : null;
  },
  async subscribe(publicKey) {
    // First, while the press still counts for the browser.
    if ((await Notification.requestPermission()) !== 'granted') return null;
    await navigator.serviceWorker.register(SCRIPT);
    const { pushManager } = await navigator.serviceWorker.ready;
    const known = await pushManager.getSubscription();
    // One for another key of the shop could not be told, nor be made anew beside it.
    if (known !== null && keyOf(known) !== publicKey) await known.unsubscribe();
    const options = { userVisibleOnly: true, applicationServerKey: publicKey };
    return inputOf(await pushManager.subscribe(options));
  },
  async unsubscribe() {
    await (await subscriptionNow())?.unsubscribe();
  },
};

async function subscriptionNow(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(SCRIPT);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

function inputOf(subscription: PushSubscription): PushSubscriptionInput {
  const { p256dh = '', auth = '' } = subscription.toJSON().keys ?? {};
  return { endpoint: subscription.endpoint, keys: { p256dh, auth } };
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
