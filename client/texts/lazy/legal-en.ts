/** What the legal pages and the links to them say, in English. Must hold texts only. */
export const LEGAL_EN = {
  onlyIn: {
    en: 'This text is available in English only.',
    de: 'This text is available in German only.',
  },
  changed: (time: string) => `Last changed: ${time}`,
  forAccount: 'What applies to your account:',
  forOrder: 'What applies to your order:',
};
