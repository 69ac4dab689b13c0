/** Shows what the shop tells this device, and leads to its page when that is pressed. Must not answer a request. */
addEventListener('install', () => skipWaiting());

addEventListener('push', (event) => {
  const { title, body, url, tag } = event.data.json();
  const icon = '/icon-192.png';
  event.waitUntil(registration.showNotification(title, { body, tag, icon, data: { url } }));
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(show(new URL(event.notification.data?.url ?? '/', location.origin)));
});

/** The page where it is open already, or else a new one. */
async function show(url) {
  if (url.origin !== location.origin) return undefined;
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const open = pages.find((page) => new URL(page.url).pathname === url.pathname);
  return open ? open.focus() : clients.openWindow(url.href);
}
