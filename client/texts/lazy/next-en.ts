/** What one can do next, in English. Must hold texts only. */
export const NEXT_EN = {
  title: 'What next?',
  leads: {
    locked:
      'It has not opened yet. Put the time in your calendar, and sign in before it opens: then only Buy is left to press.',
    reminding:
      'It has not opened yet. Have yourself reminded above, or put the time in your calendar. Be signed in when it opens: then only Buy is left to press.',
    draw: 'It has not opened yet. Enter the draw above while it takes entries: how early makes no difference.',
    live: 'It is on sale right now, as long as there is something left.',
    waitlist:
      'Everything is taken. On the waitlist you get what comes back, in the order in which people came.',
    waiting:
      'You wait in line. You need not stay here: you hear of your turn wherever you are in the shop.',
    sold_out:
      'Everything is taken. Whatever comes back is on sale here again until the drop closes.',
    closed: 'This drop is over.',
  },
  explained: {
    words: 'What do “drop”, “left” and “held” mean?',
    left: 'Left: nobody has these, you can buy them.',
    held: 'Held: somebody has pressed Buy and has some minutes to order. Nobody else can buy it meanwhile. What is not ordered in time comes back.',
  },
  calendar: 'Put it in your calendar',
  toItems: 'To what is on sale',
  toWaitlist: 'To the waitlist',
  toPlace: 'To your place',
  nextDrop: (time: string) => `The next drop opens ${time}:`,
  nextReminds: '– there you can be reminded by e-mail.',
  otherDrops: 'See the other drops',
  share: 'Share',
  shared: {
    copied: 'The link is copied.',
    notCopied: 'Here is the link to be copied:',
  },
};
