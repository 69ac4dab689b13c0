import { expect, it } from 'vitest';
import { deviceLabelOf, wellKnownLabel } from './device-label.ts';

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Firefox, Windows',
  ],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Edg/140.0.0.0`, 'Edge, Windows'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${BLINK}`, 'Chrome, Linux'],
  [`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${BLINK}`, 'Chrome, Android'],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Version/18.0 Safari/605.1.15`,
    'Safari, macOS',
  ],
  [
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${WEBKIT} Version/18.0 Mobile/15E148 Safari/604.1`,
    'Safari, iPhone',
  ],
  [
    `Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) ${WEBKIT} CriOS/140.0 Mobile/15E148 Safari/604.1`,
    'Chrome, iPad',
  ],
  ['curl/8.5.0', 'curl'],
  ['node', 'node'],
  ['Mozilla/5.0', null],
  ['<script>alert(1)</script>', null],
  ['', null],
  [undefined, null],
])('a device that calls itself %s is listed as %s', (userAgent, label) => {
  expect(deviceLabelOf(userAgent)).toBe(label);
});

it('a name without end is clipped', () => {
  expect(deviceLabelOf('x'.repeat(10_000))).toHaveLength(40);
});

it('a mail names browsers and systems, and no program by a name of its own', () => {
  for (const label of ['Firefox, Windows', 'Samsung Internet, Android', 'iPhone']) {
    expect(wellKnownLabel(label)).toBe(label);
  }
  for (const label of ['you-won.evil.example', 'curl', 'Firefox, evil.example', '', null]) {
    expect(wellKnownLabel(label)).toBeNull();
  }
});
