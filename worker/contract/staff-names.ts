/** Names that pretend to be the shop's own people. Pure; who may have such a name is decided elsewhere. */

/** Letters of other alphabets, and other letters, that look like Latin ones. Each pair is what and as what. */
const LOOKALIKES = new Map(
  // Cyrillic
  (
    'аa вb сc ԁd еe ёe ғf һh іi їi јj кk ӏl мm нh оo рp ԛq гr ѕs тt υu ѵv ѡw ԝw хx уy ѓr ьb пn иn ' +
    // Greek
    'αa βb γy δd εe ζz ηn ιi κk μm νv οo ρp σs ςs τt υu χx ωw ' +
    // Armenian and Cherokee
    'օo սu ոn հh ցg զq ꭰd ꭱr ꭲt ꭺa ꮃw ꮇm ꮋh ꮍy ꮓz ꮪs ꮮl ꮯc ꮲp ꮶk ' +
    // Latin that does not come apart
    'ıi łl øo đd ðd ħh ŧt ƀb ɑa ɡg ɩi ɪi ʟl ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ᴊj ᴋk ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɒa əe ɛe ɔo ʋv ƨs ' +
    // Lisu, Coptic, Canadian syllabics and the rest of Cherokee
    'ꓐb ꓑp ꓓd ꓔt ꓖg ꓗk ꓙj ꓚc ꓜz ꓝf ꓞf ꓟm ꓠn ꓡl ꓢs ꓣr ꓦv ꓧh ꓪw ꓫx ꓬy ꓮa ꓰe ꓲi ꓳo ꓴu ' +
    'ⲁa ⲉe ⲓi ⲕk ⲙm ⲛn ⲟo ⲣp ⲥc ⲧt ⲩy ⲭx ᗩa ᗷb ᑕc ᗪd ᗴe ᖴf ᕼh ᒍj ᒪl ᗰm ᑎn ᑭp ᖇr ᔕs ᑌu ᐯv ᗯw ᙭x ' +
    'ꮖi ꭼe ꭻj ꭵi ꮩv ꮤw ꮢr ꮐg ꮎo ' +
    // Figures and signs
    '0o 1i 3e 4a 5s 6g 7t 8b 9g @a $s €e £l !i |i +t ∂d ∆a ∑e ℓl'
  )
    .split(' ')
    .map((pair) => {
      const [from = '', ...to] = Array.from(pair);
      return [from, to.join('')] as const;
    }),
);

/** Capitals that look like another letter than their small ones do. */
const CAPITAL_LOOKALIKES = new Map([
  ['Ν', 'n'],
  ['Η', 'h'],
  ['Υ', 'y'],
  ['Δ', 'a'],
  ['Ω', 'o'],
  ['Λ', 'a'],
]);

/** Letters in circles and squares that Unicode does not take for the letters, by where they begin. */
const FRAMED_FROM = [0x1f150, 0x1f170, 0x1f1e6];
const LETTERS = 26;
const LETTER_A = 0x61;

/** As `skeletonOf` leaves them. In the languages that the shop speaks. */
const STAFF_WORDS = new Set(
  [
    ['admin', 'admins', 'administrator', 'administrators', 'administration', 'sysadmin'],
    ['administratoren', 'administratorin', 'administratorinnen', 'systemverwalter'],
    ['moderator', 'moderators', 'moderation', 'mod', 'mods', 'moderatoren', 'moderatorin'],
    ['moderatorinnen', 'support', 'helpdesk', 'customersupport', 'techsupport', 'kundensupport'],
    ['customerservice', 'customercare', 'kundenservice', 'kundendienst', 'kundenbetreuung'],
    ['official', 'officials', 'offiziell', 'offizielle', 'offizieller', 'offizielles'],
    ['staff', 'employee', 'mitarbeiter', 'mitarbeiterin', 'shopteam', 'shopadmin', 'teamleitung'],
    ['owner', 'shopowner', 'inhaber', 'inhaberin', 'betreiber', 'betreiberin', 'webmaster'],
    ['verified', 'verifiziert', 'root', 'postmaster', 'hostmaster', 'security', 'swiftdrop'],
    ['superuser', 'superadmin', 'kundenbetreuer', 'kundenbetreuerin', 'customerrelations'],
    ['geschäftsführer', 'geschäftsführerin', 'geschäftsführung', 'geschäftsleitung'],
    ['geschaeftsfuehrer', 'geschaeftsfuehrerin', 'geschaeftsfuehrung', 'geschaeftsleitung'],
  ]
    .flat()
    .map(skeletonOf),
);
/** So long or so much the shop's own that no other word has them in it. */
const TELLING_WORDS = ['swiftdrop', 'administrator', 'moderator', 'kundenservice', 'kundendienst']
  .concat(['customerservice', 'customersupport', 'kundensupport', 'helpdesk'])
  .map(skeletonOf);
/** Of the shop only where nothing else is in the name: a team or a manager may be anybody's. */
const STAFF_WORDS_ALONE = new Set(
  ['team', 'shop', 'service', 'system', 'seller', 'verkäufer', 'verkäuferin', 'verkaeufer']
    .concat(['verkaeuferin', 'manager', 'managerin', 'help', 'hilfe', 'sicherheit', 'bot'])
    .map(skeletonOf),
);
/** Ticks as shops put them beside a name that they have verified. */
const TICKS = /[\u2611\u2705\u2713\u2714\u{1f5f8}\u{1f5f9}]/u;
/** What stands beside them without making it another name. */
const FILLERS = ['the', 'real', 'customer', 'der', 'die', 'das', 'von']
  .concat(['of', 'by', 'your', 'dein', 'ihr', 'kunden', 'chef', 'head', 'lead'])
  .map(skeletonOf);

/** Whether somebody who reads the name could take it for one of the shop. */
export function pretendsToBeStaff(name: string): boolean {
  if (TICKS.test(name)) return true;
  const whole = skeletonOf(name);
  if (TELLING_WORDS.some((word) => whole.includes(word))) return true;
  return wordsOf(name).some(isStaffWord) || isStaffWord(name) || isMadeOfStaffWords(whole);
}

function isStaffWord(word: string): boolean {
  // Figures may stand for letters, or be a number at its end.
  const named = word.replace(/^[\p{N}\p{P}\p{S}\s]+|[\p{N}\p{P}\p{S}\s]+$/gu, '');
  return STAFF_WORDS.has(skeletonOf(word)) || STAFF_WORDS.has(skeletonOf(named));
}

/** Words, also those that begin with a capital in mid-word, and letters set apart as one word. */
function wordsOf(name: string): string[] {
  const words = name
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s\p{P}_]+/u)
    .filter((word) => word !== '');
  const spaced = words
    .map((word) => (Array.from(word).length === 1 ? word : ` ${word} `))
    .join('')
    .split(' ');
  const whole = name.split(/\s+/);
  // A sign may stand for a letter, or between two words.
  const betweenSigns = words.flatMap((word) => word.split(/\p{S}+/u));
  return [...words, ...betweenSigns, ...spaced, ...whole];
}

/** `SupportTeam`, `theofficialadmin`: nothing but such words, with at least one that is staff's. */
function isMadeOfStaffWords(whole: string): boolean {
  let rest = whole;
  let isStaff = false;
  // Each round takes a word away, so that it ends.
  for (;;) {
    const staff = longestStart(rest, STAFF_WORDS) ?? longestStart(rest, STAFF_WORDS_ALONE);
    const word = staff ?? longestStart(rest, FILLERS);
    if (word === undefined) return isStaff && rest === '';
    isStaff ||= staff !== undefined;
    rest = rest.slice(word.length);
  }
}

function longestStart(text: string, words: Iterable<string>): string | undefined {
  const found = [...words].filter((word) => text.startsWith(word));
  return found.toSorted((a, b) => b.length - a.length)[0];
}

/** What a name looks like: Latin letters only, without accents, case, signs, spaces and what is unseen. */
function skeletonOf(text: string): string {
  const letters = Array.from(text.normalize('NFKD'), (character) => {
    const small = character.toLowerCase();
    return (
      framedLetter(small) ?? CAPITAL_LOOKALIKES.get(character) ?? LOOKALIKES.get(small) ?? small
    );
  });
  return (
    letters
      .join('')
      .normalize('NFKD')
      .replaceAll('ß', 'ss')
      .replaceAll(/[^a-z]/g, '')
      // Two that look like one, and one that looks like another.
      .replaceAll('rn', 'm')
      .replaceAll('vv', 'w')
      .replaceAll('l', 'i')
      .replaceAll('j', 'i')
  );
}

function framedLetter(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  const from = FRAMED_FROM.find((first) => code >= first && code < first + LETTERS);
  return from === undefined ? undefined : String.fromCharCode(LETTER_A + code - from);
}
