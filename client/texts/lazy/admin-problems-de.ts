/** Why what only admins do is refused, in German. */

export const ADMIN_PROBLEMS = {
  event_in_use:
    'Von diesem Event wurde schon etwas reserviert oder verkauft, darum bleibt es. Du kannst es schließen oder von den Listen nehmen.',
  plan_unfit: 'Der Plan passt so nicht mehr.',
  event_not_locked: 'Dieses Event lässt sich nicht mehr bearbeiten.',
  item_numbers_used_up:
    'Dieses Event hatte schon so viele Artikel, wie es haben kann. Bitte plane für diese ein neues.',
  stock_in_use: 'So wenige können es nicht sein: Mehr sind schon reserviert oder verkauft.',
  item_in_use: 'Dieser Artikel gehört zu einem Event und lässt sich nicht löschen.',
  variant_in_use: 'Eine entfernte Größe oder Variante gehört zu einem Event.',
  own_account: 'Dein eigenes Konto kannst du nicht sperren.',
  last_admin: 'Das letzte aktive Admin-Konto lässt sich nicht sperren.',
  order_not_confirmed: 'Diese Bestellung ist nicht bestätigt.',
  order_not_sent: 'Diese Bestellung wurde nicht verschickt.',
  order_returned: 'Von dieser Bestellung wurde alles zurückgegeben.',
  order_not_paid: 'Diese Bestellung beruht auf keiner Zahlung.',
  payment_disputed:
    'Die Kundin oder der Kunde hat die Zahlung bei der Bank angefochten. Bis das entschieden ist, kann nichts erstattet werden.',
  refund_too_large: 'So viel kann nicht mehr erstattet werden.',
  not_given_up:
    'Das ist nicht gescheitert; nur was gescheitert ist, lässt sich noch einmal versuchen.',
  pictures_unavailable: 'Dieser Shop nimmt keine Bilder an.',
  unusable_picture:
    'Diese Datei geht nicht als Bild. Nimm ein JPEG, PNG, WebP oder AVIF, das sich nicht bewegt.',
  picture_too_large: 'Dieses Bild hat zu viele Pixel.',
};
