/** The shop's own face: as anyone may see it, and as admins write it. */
import { faceSchema, shownFaceSchema, writeFaceSchema } from '../../contract/face.ts';
import type { Operation } from './operation.ts';

const AT = '2026-11-27T10:00:00.000Z';
const fields = {
  name: 'Lamps Ltd',
  logoUrl: '/images/lamp.svg',
  colour: '#0b5cad',
  typeface: 'serif',
  footerLinks: [
    { label: 'Contact', translations: { de: 'Kontakt' }, url: 'mailto:hi@lamps.example' },
  ],
  languages: ['en', 'de'],
} as const;
const face = { ...fields, version: 1, changedAt: AT };

export const SHOP_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/shop',
    operationId: 'getShop',
    tag: 'Service',
    summary: 'Read the shop’s own face: name, logo, colour, typeface, links and languages',
    description:
      'At most 20 seconds old; caches on the way may keep it as long again. The entity tag leaves serverNow out. Version 0 where it was never written: then all is as the product comes.',
    caller: 'anybody',
    revalidated: true,
    answers: {
      200: {
        description: 'The face.',
        schema: shownFaceSchema,
        example: { ...face, serverNow: AT },
      },
    },
  },
  {
    method: 'get',
    path: '/admin/shop',
    operationId: 'getFace',
    tag: 'Administration',
    summary: 'Read the shop’s own face as it is now',
    caller: 'admin',
    answers: { 200: { description: 'The face.', schema: faceSchema, example: face } },
  },
  {
    method: 'put',
    path: '/admin/shop',
    operationId: 'writeFace',
    tag: 'Administration',
    summary: 'Write the shop’s own face, in place of the one before',
    description:
      'Refused where it is not the version any more that was seen. What is left out is as the product comes.',
    caller: 'admin',
    body: { schema: writeFaceSchema, example: { ...fields, version: 0 } },
    answers: { 200: { description: 'The face.', schema: faceSchema, example: face } },
    problems: ['precondition_failed'],
  },
];
