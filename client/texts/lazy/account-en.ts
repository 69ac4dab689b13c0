/** What is said of an account's address, its links, its data and its end, in English. */

export const ACCOUNT_EN = {
  // Right after an account was made, and after it was deleted.
  registered: (email: string) =>
    `Your account is ready. We sent a link to ${email}: open it to confirm your address.`,
  deleted: 'Your account is deleted. Thank you for having been here.',
  deleting:
    'Your account is being deleted, and you are signed out. That ends within a few minutes.',

  // A forgotten password.
  forgot: 'Forgot your password?',
  forgottenLead: 'Type the address of your account. You get a link to choose a new password.',
  sendLink: 'Send the link',
  sending: 'Sending…',
  lookTitle: 'Look into your mail',
  forgottenSent: (email: string) =>
    `If ${email} has an account here, a link is on its way. It works once, for 30 minutes.`,
  noMail: 'Nothing there after a few minutes? Look into your spam folder, or try again.',
  anotherAddress: 'Try again',
  backToSignIn: 'Back to sign in',
  resetTitle: 'Choose a new password',
  resetLead: 'You are signed in with it here, and signed out everywhere else.',
  newLink: 'Get a new link',

  // What a link of a mail led to.
  verifyTitle: 'Confirm your address',
  verifyLead: 'Confirm that the address to which we sent this link is yours.',
  verifyNow: 'Confirm this address',
  verifying: 'Confirming…',
  verified: 'Your e-mail address is confirmed. Reminders that you asked for will reach you now.',
  verifiedSignedOut:
    'Reminders that you asked for reach you now: for them there is nothing left to do. Sign in to buy.',
  goOn: 'Go on to the drops',
  linkOver:
    'This link does not work any more: it was used already, it is too old, or a part is missing.',
  linkMissing: 'This page needs the whole link of the mail. Open the link there once more.',
  verifiedBefore: 'There is nothing left to do: your address is confirmed.',
  verifyAnew: 'Have a new link sent, and open the one of the latest mail.',
  verifyAnewSignedOut: 'Sign in, and have a new link sent from your profile.',
  remindOffTitle: 'Reminder',
  remindOffLead: 'You get no mail before this drop opens once the reminder is off.',
  remindOffNow: 'Turn the reminder off',
  turningOff: 'Turning it off…',
  remindOffDone: 'Done: you get no reminder of this drop.',
  remindOffAnew: 'Sign in and turn the reminder off on the page of the drop.',

  // The address, on the profile.
  emailTitle: 'E-mail address',
  isVerified: 'Confirmed',
  isUnverified: 'Not confirmed yet',
  unverifiedLead: 'Some drops are open to confirmed addresses only. Open the link in your mail.',
  suppressedTitle: 'Our mails do not reach this address',
  suppressed: {
    bounced:
      'They came back, so we send none there: no links, no order confirmations, no reminders. Choose another address below.',
    complained:
      'One of them was reported as unwanted, so we send none there: no links, no order confirmations, no reminders. Choose another address below, or ask the shop to write to this one again.',
  },
  resend: 'Send the link again',
  resent: (email: string) => `A new link is on its way to ${email}.`,
  changeEmail: 'Change address',
  changeEmailLead:
    'We send a link to the new address. Until you confirm there, you sign in with the present one.',
  newEmail: 'New e-mail address',
  passwordToChange: 'Your password',
  passwordWrong: 'This is not your password.',
  saveEmail: 'Send the link to the new address',
  changeSent: (email: string) =>
    `We sent a link to ${email}. Open it there to change your address.`,

  // Before a purchase.
  verifyFirst: 'You can buy here once your e-mail address is confirmed.',
  openLink: (email: string) => `Open the link that we sent to ${email}.`,
  verifyFirstHow: (email: string) =>
    `Open the link that we sent to ${email}, then come back: what you chose stays.`,
  verifyFirstNoMail: 'This shop sends no mail at the moment. Please ask the shop.',

  // A reminder of a sale.
  remind: 'Remind me',
  remindOn: 'Reminder on',
  remindWaits: 'Reminder waits',
  closeReminder: 'Close',
  remindTitle: 'A reminder by e-mail',
  remindHow: ({ ahead, at }: { ahead: string; at: string }) =>
    `We send you one e-mail ${ahead} before it opens: ${at}.`,
  remindHowSoon: 'It opens soon, so we send you one e-mail within the next few minutes.',
  remindNeeds: 'For this you need an account with a confirmed e-mail address.',
  remindedTitle: 'You are reminded',
  reminded: (email: string, { ahead, at }: { ahead: string; at: string }) =>
    `We send one e-mail to ${email} ${ahead} before it opens: ${at}.`,
  remindedSoon: (email: string) =>
    `It opens soon: our e-mail to ${email} comes within a few minutes, if it is not there yet.`,
  remindUnverified: 'Confirm your e-mail address: until then no reminder can reach you.',

  // Why one is asked to sign in, or to make an account.
  reasons: {
    signInForReminder: (title: string) =>
      `Sign in to be reminded of ${title}. The reminder is set as soon as you are signed in.`,
    registerForReminder: (title: string) =>
      `Create an account to be reminded of ${title}. We send you a link to confirm your address.`,
    signInForItem: 'Sign in to go on. You come back to where you were, and what you chose is kept.',
    registerForItem:
      'Create an account to go on. You come back to where you were, and what you chose is kept.',
  },

  // One's own data, and the end of the account.
  dataTitle: 'Your data',
  dataLead: 'A file with all that this shop keeps about you: account, orders, reviews, mails.',
  download: 'Download my data',
  downloading: 'Collecting…',
  downloaded: 'The file is in your downloads.',
  downloadPart:
    'The file is in your downloads. It has the latest entries of a long list, not all of them.',
  deleteTitle: 'Delete account',
  deleteLead:
    'Your name, your address and what you wrote are erased; stars that you gave stay without your name. Units that you hold go back on sale. What you bought stays yours; the order is kept without your name, for as long as the law asks for it.',
  deleteAction: 'Delete my account',
  deleteAsk: 'Delete your account for good? It cannot be brought back.',
  deleteNow: 'Delete for good',
};
