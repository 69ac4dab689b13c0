/** What is said of notifications on this device, in English. */

export const PUSH_EN = {
  title: 'Notifications on this device',
  leads: {
    opening: 'This device can also tell you, five minutes before it opens.',
    turn: 'This device can tell you when it is your turn, also while this page is not open.',
    both: 'This device can tell you five minutes before a drop opens of which you are reminded, and when it is your turn in a line.',
  },
  turnOn: 'Also notify this device',
  turnOnAgain: 'I have allowed them: try again',
  turnOff: 'Stop notifying this device',
  sending: 'One moment…',
  on: 'This device is notified, as long as you are signed in here.',
  refused: 'You did not allow it, so nothing is sent to this device.',
  blocked:
    'Your browser blocks notifications of this shop. Allow them in the browser’s settings for this site, then try again.',
  install:
    'This device can be notified once the shop is on its home screen: press Share, then “Add to Home Screen”, and open the shop from there.',
  failed: 'Your browser could not do it. Try again later.',
};
