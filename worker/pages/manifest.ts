/** What a browser installs the shop by (W3C Web Application Manifest). Pure. */
import type { Face } from '../contract/face.ts';

/** As client/styles/tokens.css has it. */
const PAPER = '#fbfaf7';

const ICONS = [
  { src: '/favicon.svg', type: 'image/svg+xml', sizes: 'any' },
  { src: '/icon-192.png', type: 'image/png', sizes: '192x192' },
  { src: '/icon-512.png', type: 'image/png', sizes: '512x512' },
  { src: '/icon-maskable-512.png', type: 'image/png', sizes: '512x512', purpose: 'maskable' },
];

const DESCRIPTIONS = {
  en: 'Limited drops, sold fairly in seconds.',
  de: 'Limitierte Drops, in Sekunden fair verkauft.',
} as const;

export function manifestOf({ name, colour, languages }: Face): string {
  const [lang = 'en'] = languages;
  return JSON.stringify({
    id: '/',
    name,
    short_name: name,
    description: DESCRIPTIONS[lang],
    lang,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: PAPER,
    theme_color: colour ?? PAPER,
    categories: ['shopping'],
    icons: ICONS,
  });
}
