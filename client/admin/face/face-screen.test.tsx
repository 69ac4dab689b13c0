import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Face } from '../../../worker/contract/face.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { SavedNote } from '../forms/saved-note.tsx';
import { PICTURES_EN } from '../texts/pictures-en.ts';
import { FaceScreen } from './face-screen.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const FACE: Face = {
  name: 'Lamps',
  logoUrl: null,
  colour: '#0b5cad',
  typeface: 'system',
  footerLinks: [
    { label: 'Contact', translations: { de: 'Kontakt' }, url: 'mailto:hi@lamps.example' },
  ],
  languages: ['en', 'de'],
  version: 3,
  changedAt: instant(NOON_MS),
};

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const type = (name: string, value: string) => fireEvent.input(field(name), { target: { value } });
async function press(name: string) {
  fireEvent.click(screen.getByRole('button', { name }));
  await settle();
}

async function open(
  writeFace: AdminApi['writeFace'],
  faces: Face[] = [FACE],
  calls: Partial<AdminApi> = {},
) {
  const face = vi.fn<AdminApi['face']>();
  for (const one of faces) face.mockResolvedValueOnce(ok(one));
  face.mockResolvedValue(ok(faces.at(-1) ?? FACE));
  const form = (
    <>
      <SavedNote />
      <FaceScreen />
    </>
  );
  await drawInConsole(form, { face, writeFace, ...calls });
}

test('what was changed is saved as of the version that was opened', async () => {
  const writeFace = vi.fn<AdminApi['writeFace']>(async () => ok({ ...FACE, version: 4 }));
  await open(writeFace);
  type('Name', 'Lampen');
  type('Colour', '#FFE600');
  fireEvent.change(screen.getByLabelText('Typeface'), { target: { value: 'serif' } });
  fireEvent.change(screen.getByLabelText('Languages'), { target: { value: 'de' } });
  await press('Add a link');
  const last = screen.getByRole('group', { name: 'Link 2' });
  const [label, , , url] = last.querySelectorAll('input');
  if (!label || !url) throw new Error('a link has four lines');
  fireEvent.input(label, { target: { value: 'About' } });
  fireEvent.input(url, { target: { value: '/about' } });
  await press('Save');
  expect(writeFace).toHaveBeenCalledWith(
    {
      name: 'Lampen',
      logoUrl: null,
      colour: '#ffe600',
      typeface: 'serif',
      languages: ['de'],
      footerLinks: [...FACE.footerLinks, { label: 'About', translations: {}, url: '/about' }],
    },
    3,
  );
});

test('the preview says of a colour where it can be read, and what is used where it cannot', async () => {
  await open(vi.fn());
  expect(screen.getByText(/^Text in this colour is easy to read: \d\.\d to 1/)).not.toBeNull();
  expect(screen.getByText(/would be hard to read here\. #[0-9a-f]{6} is used/)).not.toBeNull();
  const light = document.querySelector<HTMLElement>('.face-preview-light');
  expect(light?.style.getPropertyValue('--accent')).toBe('#0b5cad');
  type('Colour', 'no colour');
  await settle();
  expect(screen.queryByText(/to 1/)).toBeNull();
});

test('of what another admin saved meanwhile one hears, and decides', async () => {
  const writeFace = vi
    .fn<AdminApi['writeFace']>()
    .mockResolvedValueOnce(
      refused({
        code: 'precondition_failed',
        changedBy: { name: 'Ada', at: instant(NOON_MS) },
      }),
    )
    .mockResolvedValueOnce(ok({ ...FACE, version: 5 }));
  await open(writeFace, [FACE, { ...FACE, name: 'Candles', version: 4 }]);
  type('Name', 'Lampen');
  await press('Save');
  expect(screen.getByRole('alert').textContent).toContain('Candles');
  await press('Save my version instead');
  expect(writeFace.mock.calls.map(([{ name }, version]) => [name, version])).toEqual([
    ['Lampen', 3],
    ['Lampen', 4],
  ]);
});

test('a fault is said at its field', async () => {
  const fields = [{ path: 'logoUrl', message: 'must be an https URL or a path of this site' }];
  await open(async () => refused({ code: 'malformed', fields }));
  type('Address of a picture elsewhere', 'http://a.example/a.png');
  await press('Save');
  expect(field('Address of a picture elsewhere').getAttribute('aria-invalid')).toBe('true');
});

test('a logo is uploaded, shown in the preview and saved', async () => {
  const url = '/images/logo.webp';
  const uploadPicture = vi.fn<AdminApi['uploadPicture']>(async () =>
    ok({ url, width: 80, height: 20 }),
  );
  const writeFace = vi.fn<AdminApi['writeFace']>(async () => ok({ ...FACE, version: 4 }));
  await open(writeFace, [FACE], { uploadPicture });
  const input = screen.getByLabelText(PICTURES_EN.chooseOne);
  const files = [new File(['x'], 'logo.png', { type: 'image/png' })];
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  fireEvent.change(input);
  await settle();
  const preview = document.querySelector('.face-preview-dark .brand-logo');
  expect(preview?.getAttribute('src')).toBe(url);
  await press('Save');
  expect(writeFace.mock.calls[0]?.[0].logoUrl).toBe(url);
});
