/** What is said of notifications on this device, in German. */
import type { LazyTexts } from './texts.ts';

export const PUSH_DE: LazyTexts['push'] = {
  title: 'Mitteilungen auf diesem Gerät',
  leads: {
    opening: 'Auch dieses Gerät kann dir Bescheid geben, fünf Minuten vor dem Start.',
    turn: 'Dieses Gerät kann dir Bescheid geben, wenn du dran bist, auch wenn diese Seite nicht offen ist.',
    both: 'Dieses Gerät kann dir fünf Minuten vor dem Start eines Drops Bescheid geben, an den wir dich erinnern, und wenn du in einer Schlange dran bist.',
  },
  turnOn: 'Auch dieses Gerät benachrichtigen',
  turnOnAgain: 'Ich habe sie erlaubt: noch einmal versuchen',
  turnOff: 'Dieses Gerät nicht mehr benachrichtigen',
  sending: 'Einen Moment…',
  on: 'Dieses Gerät wird benachrichtigt, solange du hier angemeldet bist.',
  refused: 'Du hast es nicht erlaubt. Deshalb schicken wir diesem Gerät nichts.',
  blocked:
    'Dein Browser blockiert Mitteilungen dieses Shops. Erlaube sie in den Einstellungen des Browsers für diese Seite, und versuche es noch einmal.',
  install:
    'Dieses Gerät kann benachrichtigt werden, sobald der Shop auf seinem Startbildschirm ist: Tippe auf „Teilen“, dann auf „Zum Home-Bildschirm“, und öffne den Shop von dort.',
  failed: 'Dein Browser konnte es nicht. Versuche es später noch einmal.',
};
