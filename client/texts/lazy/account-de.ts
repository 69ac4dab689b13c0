/** What is said of an account's address, its links, its data and its end, in German. */
import type { LazyTexts } from './texts.ts';

export const ACCOUNT_DE: LazyTexts['account'] = {
  registered: (email) =>
    `Dein Konto ist fertig. Wir haben einen Link an ${email} geschickt: Öffne ihn, um deine Adresse zu bestätigen.`,
  deleted: 'Dein Konto ist gelöscht. Danke, dass du hier warst.',
  deleting: 'Dein Konto wird gelöscht, und du bist abgemeldet. Das dauert wenige Minuten.',

  forgot: 'Passwort vergessen?',
  forgottenLead:
    'Gib die Adresse deines Kontos ein. Du bekommst einen Link für ein neues Passwort.',
  sendLink: 'Link schicken',
  sending: 'Wird geschickt …',
  lookTitle: 'Sieh in dein Postfach',
  forgottenSent: (email) =>
    `Wenn es zu ${email} hier ein Konto gibt, ist ein Link unterwegs. Er gilt einmal und 30 Minuten lang.`,
  noMail: 'Nach ein paar Minuten nichts da? Sieh in den Spam-Ordner, oder versuch es noch einmal.',
  anotherAddress: 'Noch einmal versuchen',
  backToSignIn: 'Zurück zum Anmelden',
  resetTitle: 'Neues Passwort wählen',
  resetLead: 'Hier bist du damit angemeldet, überall sonst wirst du abgemeldet.',
  newLink: 'Neuen Link holen',

  verifyTitle: 'Adresse bestätigen',
  verifyLead: 'Bestätige, dass die Adresse dir gehört, an die wir diesen Link geschickt haben.',
  verifyNow: 'Diese Adresse bestätigen',
  verifying: 'Wird bestätigt …',
  verified:
    'Deine E-Mail-Adresse ist bestätigt. Erinnerungen, die du wolltest, erreichen dich jetzt.',
  verifiedSignedOut:
    'Erinnerungen, um die du gebeten hast, erreichen dich jetzt: Dafür ist nichts mehr zu tun. Zum Kaufen melde dich an.',
  goOn: 'Weiter zu den Drops',
  linkOver: 'Dieser Link gilt nicht mehr: Er wurde schon benutzt, ist zu alt, oder ein Teil fehlt.',
  linkMissing: 'Diese Seite braucht den ganzen Link aus der E-Mail. Öffne ihn dort noch einmal.',
  verifiedBefore: 'Es ist nichts mehr zu tun: Deine Adresse ist bestätigt.',
  verifyAnew: 'Lass dir einen neuen Link schicken, und öffne den aus der neuesten E-Mail.',
  verifyAnewSignedOut: 'Melde dich an, und lass dir auf deinem Profil einen neuen Link schicken.',
  remindOffTitle: 'Erinnerung',
  remindOffLead: 'Ist die Erinnerung aus, bekommst du vor diesem Drop keine E-Mail.',
  remindOffNow: 'Erinnerung ausschalten',
  turningOff: 'Wird ausgeschaltet …',
  remindOffDone: 'Erledigt: An diesen Drop erinnern wir dich nicht.',
  remindOffAnew: 'Melde dich an, und schalte die Erinnerung auf der Seite des Drops aus.',

  emailTitle: 'E-Mail-Adresse',
  isVerified: 'Bestätigt',
  isUnverified: 'Noch nicht bestätigt',
  unverifiedLead:
    'Bei manchen Drops kauft man nur mit bestätigter Adresse. Öffne den Link in deinem Postfach.',
  suppressedTitle: 'Unsere E-Mails erreichen diese Adresse nicht',
  suppressed: {
    bounced:
      'Sie kamen zurück, deshalb schicken wir keine mehr dorthin: keine Links, keine Bestellbestätigungen, keine Erinnerungen. Wähle unten eine andere Adresse.',
    complained:
      'Eine davon wurde als unerwünscht gemeldet, deshalb schicken wir keine mehr dorthin: keine Links, keine Bestellbestätigungen, keine Erinnerungen. Wähle unten eine andere Adresse, oder bitte den Shop, wieder an diese zu schreiben.',
  },
  resend: 'Link noch einmal schicken',
  resent: (email) => `Ein neuer Link ist unterwegs an ${email}.`,
  changeEmail: 'Adresse ändern',
  changeEmailLead:
    'Wir schicken einen Link an die neue Adresse. Bis du sie dort bestätigst, meldest du dich mit der jetzigen an.',
  newEmail: 'Neue E-Mail-Adresse',
  passwordToChange: 'Dein Passwort',
  passwordWrong: 'Das ist nicht dein Passwort.',
  saveEmail: 'Link an die neue Adresse schicken',
  changeSent: (email) =>
    `Wir haben einen Link an ${email} geschickt. Öffne ihn dort, um deine Adresse zu ändern.`,

  verifyFirst: 'Du kannst hier kaufen, sobald deine E-Mail-Adresse bestätigt ist.',
  openLink: (email) => `Öffne den Link, den wir an ${email} geschickt haben.`,
  verifyFirstHow: (email) =>
    `Öffne den Link, den wir an ${email} geschickt haben, und komm zurück: Deine Auswahl bleibt.`,
  verifyFirstNoMail: 'Der Shop verschickt gerade keine E-Mails. Bitte frag beim Shop nach.',

  remind: 'Erinnere mich',
  remindOn: 'Erinnerung an',
  remindWaits: 'Erinnerung wartet',
  closeReminder: 'Schließen',
  remindTitle: 'Eine Erinnerung per E-Mail',
  remindHow: ({ ahead, at }) => `Wir schicken dir ${ahead} vor dem Start eine E-Mail: ${at}.`,
  remindHowSoon:
    'Es geht bald los, deshalb schicken wir dir die E-Mail in den nächsten paar Minuten.',
  remindNeeds: 'Dafür brauchst du ein Konto mit bestätigter E-Mail-Adresse.',
  remindedTitle: 'Wir erinnern dich',
  reminded: (email, { ahead, at }) =>
    `Wir schicken ${ahead} vor dem Start eine E-Mail an ${email}: ${at}.`,
  remindedSoon: (email) =>
    `Es geht bald los: Unsere E-Mail an ${email} kommt in den nächsten Minuten, falls sie nicht schon da ist.`,
  remindUnverified: 'Bestätige deine E-Mail-Adresse: Vorher kann dich keine Erinnerung erreichen.',

  reasons: {
    signInForReminder: (title) =>
      `Melde dich an, damit wir dich an ${title} erinnern. Die Erinnerung ist an, sobald du angemeldet bist.`,
    registerForReminder: (title) =>
      `Leg ein Konto an, damit wir dich an ${title} erinnern. Wir schicken dir einen Link, mit dem du deine Adresse bestätigst.`,
    signInForItem:
      'Melde dich an, um weiterzumachen. Du kommst hierher zurück, und deine Auswahl bleibt.',
    registerForItem:
      'Leg ein Konto an, um weiterzumachen. Du kommst hierher zurück, und deine Auswahl bleibt.',
  },

  dataTitle: 'Deine Daten',
  dataLead:
    'Eine Datei mit allem, was dieser Shop über dich speichert: Konto, Käufe, Bewertungen, E-Mails.',
  download: 'Meine Daten herunterladen',
  downloading: 'Wird zusammengestellt …',
  downloaded: 'Die Datei ist bei deinen Downloads.',
  downloadPart:
    'Die Datei ist bei deinen Downloads. Von einer langen Liste hat sie die neuesten Einträge, nicht alle.',
  deleteTitle: 'Konto löschen',
  deleteLead:
    'Dein Name, deine Adresse und was du geschrieben hast, werden gelöscht; Sterne, die du vergeben hast, bleiben ohne deinen Namen. Was für dich reserviert ist, geht zurück in den Verkauf. Gekauftes bleibt deins; die Bestellung bleibt ohne deinen Namen gespeichert, so lange es das Gesetz verlangt.',
  deleteAction: 'Mein Konto löschen',
  deleteAsk: 'Dein Konto endgültig löschen? Es lässt sich nicht zurückholen.',
  deleteNow: 'Endgültig löschen',
};
