/** What a device calls itself, in a few words that need no translation. A claim, never a proof. */

/** Longer than any label that is made here of a browser and a system. */
const LABEL_CHARS_MAX = 40;
/** Of what the device sends; what distinguishes browsers is within. */
const READ_CHARS_MAX = 400;

/** The first that fits: most browsers name others beside themselves. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(A|iOS|e)?\//, 'Edge'],
  [/\b(OPR|OPiOS|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
];
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\b(Mac OS X|Macintosh)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];
/** A program's own name, without its version: `curl/8.5.0`. */
const PROGRAM = /^([A-Za-z][\w.-]*)(?:\/|$)/;

/** @returns `Firefox, Windows`, or a program's name; null where it shows neither. */
export function deviceLabelOf(userAgent: string | undefined): string | null {
  const text = userAgent?.slice(0, READ_CHARS_MAX) ?? '';
  const names = [BROWSERS, SYSTEMS].flatMap(
    (known) => known.find(([sign]) => sign.test(text))?.[1] ?? [],
  );
  const program = PROGRAM.exec(text)?.[1];
  const label = names.length > 0 ? names.join(', ') : program === 'Mozilla' ? null : program;
  return label?.slice(0, LABEL_CHARS_MAX) ?? null;
}

/**
 * A label for a mail, which strangers can have sent to an address that is not theirs: a program chooses its
 * name itself, and mail programs make links of what looks like a domain.
 * @returns null for a label that is not made of names that stand here.
 */
export function wellKnownLabel(label: string | null): string | null {
  const names = new Set([...BROWSERS, ...SYSTEMS].map(([, name]) => name));
  return label?.split(', ').every((name) => names.has(name)) === true ? label : null;
}
