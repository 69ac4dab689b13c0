/** What is told of a queue and of one's place in it, in German. Must hold texts only. */
import type { Outlook } from '../../../worker/contract/queue.ts';
import { number, percent, plural } from '../numbers.ts';
import type { Worded } from '../texts.ts';
import type { QUEUE_EN } from './queue-en.ts';

const OUTLOOK: Record<Outlook, string> = {
  unknown: 'Noch kann niemand sagen, ob du drankommst.',
  likely: 'Du kommst wahrscheinlich dran, nach dem, was bisher zurückkam.',
  possible: 'Vielleicht kommst du dran, nach dem, was bisher zurückkam.',
  unlikely: 'Du kommst wahrscheinlich nicht dran, nach dem, was bisher zurückkam.',
  impossible:
    'Du kommst nicht mehr dran, außer der Shop legt etwas nach oder bekommt etwas zurück.',
};

export const QUEUE_DE: Worded<typeof QUEUE_EN> = {
  waitlistTitle: 'Warteliste',
  waitlistLead:
    'Alles ist vergeben. Was zurückkommt, geht an die Wartenden, in der Reihenfolge, in der sie kamen.',
  waitlistPromised:
    'Was jetzt frei ist, geht an die, die schon warten. Was danach übrig ist oder zurückkommt, geht an die Nächsten.',
  waitlistAfterDraw:
    'Alles ist vergeben. Was zurückkommt, geht zuerst an die aus der Verlosung, dann an alle, die später kamen.',
  waiting: (count) =>
    count === 0
      ? 'Noch wartet niemand: Du wärst zuerst dran.'
      : plural(count, 'Person wartet vor dir.', 'Personen warten vor dir.'),
  chance: (needed, canCome) => {
    if (canCome === 0)
      return 'Alles ist verkauft, nichts mehr reserviert. Es kommt also nichts zurück, außer der Shop legt etwas nach oder bekommt etwas zurück.';
    if (needed === null)
      return canCome === 1
        ? 'Ein Stück kann noch zurückkommen, und das ginge an die vor dir.'
        : `Selbst wenn alle ${number(canCome)} reservierten Stück zurückkämen, gingen sie an die vor dir.`;
    if (canCome === 1) return 'Du kommst dran, wenn das eine reservierte Stück zurückkommt.';
    return `Du kommst dran, wenn von ${number(canCome)} Stück, die noch zurückkommen können, ${number(needed)} ${needed === 1 ? 'zurückkommt' : 'zurückkommen'}.`;
  },
  heldNow: (held) =>
    `${number(held)} Stück ${held === 1 ? 'ist' : 'sind'} für andere reserviert, die noch nicht bestellt haben. Was sie nicht nehmen, kommt zurück.`,
  until: (time) => `Der Drop endet ${time}. Dann enden alle Plätze, und niemand kommt mehr dran.`,
  free: 'Warten kostet nichts. Gekauft oder abgebucht wird erst, was du selbst bestellst.',
  join: 'Auf die Warteliste',
  joinSignedOut: 'Zum Warten anmelden',
  joining: 'Wird eingetragen …',
  drawTitle: 'Verlosung',
  drawLead: (closes) =>
    `Mitmachen kannst du bis ${closes}. Dann werden die Plätze ausgelost: Wie früh du dich einträgst, ist egal.`,
  drawTaking: (count) =>
    count === 0
      ? 'Noch macht niemand mit.'
      : plural(count, 'Person macht mit.', 'Personen machen mit.'),
  drawShare: (share) => {
    if (share === 1) return 'Bisher reicht es für alle, die mitmachen.';
    const few = share === 0 ? `weniger als ${percent(0.01)}` : `etwa ${percent(share)}`;
    return `Bisher reicht es für ${few} aller, die mitmachen.`;
  },
  enterDraw: 'Mitmachen',
  enterDrawSignedOut: 'Anmelden und mitmachen',
  entering: 'Wird eingetragen …',
  lateLead:
    'Für die Verlosung ist es zu spät. Du kannst trotzdem warten, hinter allen, die rechtzeitig dabei waren.',
  entriesClosed:
    'Für die Verlosung ist es zu spät. Bleibt nach allen, die mitmachen, etwas übrig, können es alle kaufen.',
  drawingLead: 'Die Plätze werden gerade ausgelost. Wer rechtzeitig dabei war, ist zuerst dran.',
  smallest: 'Mindestens',
  smallestHint:
    'Wird weniger frei, als du mindestens nehmen würdest, sind vielleicht Leute vor dir dran, die weniger möchten.',
  fewerHint: 'Ist weniger frei, wenn du dran bist, bekommst du das angeboten.',
  howOffer: (duration) =>
    `Bist du dran, wird es ${duration} für dich reserviert. Du musst nicht auf dieser Seite bleiben.`,
  howMail: 'Wir schicken dir dann auch eine E-Mail.',
  howMailTo: (email, isConfirmed) =>
    isConfirmed
      ? `Wir schicken dann auch eine E-Mail an ${email}.`
      : `Wir schicken dann auch eine E-Mail an ${email}. Diese Adresse hast du noch nicht bestätigt: Prüf bitte, ob sie stimmt.`,
  howSeen: 'Auch jede offene Seite des Shops sagt es dir.',
  enteredTooOften: (time) =>
    `Öfter kann man sich hier an einem Tag nicht eintragen. Wieder möglich ist es ab ${time}.`,
  mailboxWaits: (units) =>
    `Andere Konten deines Postfachs warten schon auf ${number(units)}; das zählt mit.`,

  placeTitle: 'Dein Platz in der Schlange',
  placeOf: (label) => `Dein Platz in der Schlange: ${label}`,
  atMost: 'Höchstens',
  ahead: (count) => (count === 1 ? 'Person vor dir' : 'Personen vor dir'),
  aheadUnits: ({ entries, units, areUnitsAtMost }) =>
    `${entries === 1 ? 'Sie möchte' : 'Zusammen möchten sie'} ${areUnitsAtMost ? 'höchstens ' : ''}${number(units)} Stück.`,
  wish: (quantity, least) =>
    least < quantity
      ? `Du möchtest ${number(quantity)}, mindestens ${number(least)}.`
      : `Du möchtest ${number(quantity)}, nicht weniger.`,
  passing: 'Leute, die weniger möchten, sind vielleicht vor dir dran.',
  standing: {
    next: () => 'Als Nächstes bist du dran: Was zurückkommt, bekommst du zuerst angeboten.',
    behind: ({ outlook }) => OUTLOOK[outlook],
    short: ({ canCome, least }) =>
      `Nur ${number(canCome)} Stück ${canCome === 1 ? 'kann' : 'können'} noch zurückkommen, und du möchtest mindestens ${number(least)}. Du kommst also nicht dran, außer der Shop legt etwas nach.`,
    gone: ({ ahead }) =>
      `${ahead === 0 ? 'Du stehst ganz vorn, aber alles' : 'Alles'} ist verkauft, nichts mehr reserviert. Du kommst also nicht dran, außer der Shop legt etwas nach oder bekommt etwas zurück.`,
    closing: ({ ahead, closesIn }) =>
      `${ahead === 0 ? 'Du bist als Nächstes dran, aber der' : 'Der'} Drop endet in ${closesIn}. Danach kommt niemand mehr dran.`,
    closed: () =>
      'Der Drop ist zu Ende, und damit dein Platz, ohne dass du dran warst. Es wurde nichts abgebucht. Das tut uns leid.',
    turn: () =>
      'Es ist für dich reserviert. Bestelle es unten, bevor die Zeit um ist, oder gib es an die Nächsten weiter.',
    turn_over: () =>
      'Die Zeit lief ab, bevor du bestellt hast. Es ist nicht mehr für dich reserviert.',
  },
  leave: 'Platz aufgeben',
  leaveAsk: 'Platz wirklich aufgeben? Wenn du dich neu einträgst, bist du hinter allen anderen.',
  leaveDraw: 'Teilnahme zurückziehen',
  leaveDrawAsk: 'Doch nicht teilnehmen?',
  stay: 'Bleiben',
  leaving: 'Wird ausgetragen …',
  left: 'Du hast deinen Platz aufgegeben.',

  takePartTitle: 'Du bist bei der Verlosung dabei',
  others: (count) =>
    count === 0
      ? 'Bisher bist du allein.'
      : plural(count, 'weitere Person macht mit.', 'weitere Personen machen mit.'),
  drawnAt: (time) => `Die Plätze werden ausgelost: ${time}. Du musst nichts mehr tun.`,
  checkDraw: 'Verlosung und deinen Eintrag darin prüfen',
  drawing: 'Die Plätze werden jetzt ausgelost …',
  drawn: 'Die Plätze sind ausgelost. Wir sehen nach, welcher deiner ist …',

  receipt: (seq: string) => `Deine Quittung: Nummer ${seq} in der Liste`,
  receiptHint: 'Sie ist signiert und beweist, dass du an der Verlosung teilnimmst. Heb sie auf.',
  receiptCheck: 'Die Verlosung damit prüfen',
  receiptCopy: 'Quittung kopieren',
  turnTitle: 'Du bist dran',
  turnSmaller: (wished, offered) =>
    `Du wolltest ${number(wished)}; frei wurde nur ${number(offered)}.`,
  turnOver: 'Deine Zeit ist um',
  overTitle: 'Du bist nicht drangekommen',
  skippedTitle: 'Dein Platz wurde übergangen',
  skipped: {
    limit_reached: 'Als du dran warst, hattest du schon so viele, wie eine Person haben darf.',
    deactivated: 'Als du dran warst, war dein Konto gesperrt.',
    email_unverified:
      'Als du dran warst, war deine E-Mail-Adresse nicht bestätigt. Bestätige sie, bevor du dich wieder anstellst.',
    disqualified: 'Der Shop hat dich aus der Schlange genommen. Bitte frag dort nach dem Grund.',
    event_cancelled: 'Der Verkauf wurde abgesagt.',
  },

  turnBar: (item) => `Du bist dran: ${item}`,
  turnBarUnit: 'Du bist dran',
  turnBarEnded: 'Deine Zeit ist um. Das Stück geht an die Nächsten in der Schlange.',
  turnGo: 'Jetzt nehmen',
  turnInTab: (digits) => `${digits} – du bist dran`,
  turnVoice: (item, spoken) => `Du bist dran: ${item}. ${spoken}.`,
  placeVoice: (item, count, isAtMost) =>
    count === 0
      ? `${item}: Du stehst ganz vorn.`
      : `${item}: ${isAtMost ? 'höchstens ' : ''}${plural(count, 'Person', 'Personen')} vor dir.`,
  takePartVoice: (item) => `${item}: Du bist bei der Verlosung dabei.`,
  endVoice: (item, words) => `${item} – ${words}`,

  listTitle: 'Wo du anstehst',
  listStatus: {
    waiting: 'Wartet',
    drawing: 'In der Verlosung',
    offered: 'Drangekommen',
    left: 'Aufgegeben',
    skipped: 'Übergangen',
    closed: 'Nicht drangekommen',
  },
  listAhead: (count) =>
    count === 0 ? 'Du stehst ganz vorn' : `${plural(count, 'Person', 'Personen')} vor dir`,
  listEarlier: (count) => `Früher (${number(count)})`,
  listEntered: (time) => `Eingetragen: ${time}`,

  offerNote: {
    pending: 'Du bist dran: für dich reserviert, bis die Zeit abläuft.',
    expired: 'Die Zeit lief ab, und es ging an die Nächsten in der Schlange.',
    cancelled: 'Du hast es freigegeben, und es ging an die Nächsten in der Schlange.',
  },
};
