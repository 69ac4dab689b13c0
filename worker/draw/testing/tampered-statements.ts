/** Draws with statements that are not the shop's, or do not say what the data says. */
import { createHmac, createPublicKey } from 'node:crypto';
import type { DrawStatement } from '../../contract/draw.ts';
import { drandDraw } from './honest-draws.ts';
import { type DrawPlan, type PublishedDraw, publishDraw } from './publish-draw.ts';
import {
  claimsOf,
  encoded,
  FOREIGN_KEY,
  publicKey,
  SHOP_KEY,
  type SigningKey,
  signedText,
  withClaims,
} from './signed-texts.ts';
import { type Change, changed, type TamperedDraw, tampered, withValue } from './tampered-draw.ts';

const TYP = 'swiftdrop-draw';

export function tamperedStatements(): TamperedDraw[] {
  const plan = drandDraw();
  const { roundAtMs } = plan.start.beacon;
  const givenUp: DrawPlan = {
    ...plan,
    status: 'given_up',
    givenUp: { atMs: roundAtMs - 60_000, reason: 'cancelled' },
  };
  return [
    ...tampered('statement', claims(plan, 'locked')),
    ...tampered('statement', claims(plan, 'drawn')),
    ...tampered('statement', claims(givenUp, 'given_up')),
    ...tampered('statement', forged(publishDraw(plan))),
    ...tampered('statement', sets(publishDraw(plan))),
  ];
}

/** Each claim, signed by the shop and not: a shop must not sign what it did not publish. */
function claims(plan: DrawPlan, type: DrawStatement['type']): Change<PublishedDraw>[] {
  const published = publishDraw(plan);
  const place = published.draw.statements.findIndex((token) => claimsOf(token)['type'] === type);
  const token = published.draw.statements[place] ?? '';
  const said = claimsOf(token);
  const names = Object.keys(said).filter((name) => name !== 'type' && name !== 'beacon');
  const beacon = Object.keys((said['beacon'] as object | undefined) ?? {});
  const paths = [...names, ...beacon.map((name) => `beacon.${name}`)];
  const untyped = signedText({ ...said, type: 'redrawn' }, { typ: TYP });
  const changes = paths.flatMap((path): Change<PublishedDraw>[] => {
    const other = withValue(said, path, changed(pathValue(said, path)));
    const signed = signedText(other, { typ: TYP });
    const name = `${type} with another ${path}`;
    const field = `statements.${type}.${path}`;
    return [
      [name, 'statement_differs', () => withStatement(published, place, signed), field],
      [
        `${name}, not signed again`,
        'statement_signature_wrong',
        () => withStatement(published, place, withClaims(token, other)),
        field,
      ],
    ];
  });
  return [
    ...changes,
    [
      `${type} of an unknown type`,
      'statement_malformed',
      () => withStatement(published, place, untyped),
      `statements.${type}.type`,
    ],
  ];
}

function forged(published: PublishedDraw): Change<PublishedDraw>[] {
  const [token = ''] = published.draw.statements;
  const said = claimsOf(token);
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { kid } = publicKey(SHOP_KEY);
  const first = (text: string) => () => withStatement(published, 0, text);
  const by = (head: object, key?: SigningKey) =>
    first(signedText(said, { typ: TYP, ...head }, key));
  const bytes = Buffer.from(signature, 'base64url');
  const signed = (value: Uint8Array) =>
    first(`${header}.${payload}.${Buffer.from(value).toString('base64url')}`);
  const unsigned = encoded({ alg: 'none', typ: TYP, kid });
  return [
    ['by an unknown key', 'statement_key_unknown', by({}, FOREIGN_KEY)],
    ["by another key with the shop's kid", 'statement_signature_wrong', by({ kid }, FOREIGN_KEY)],
    ['without a kid', 'statement_signature_wrong', by({ kid: undefined })],
    ['as a receipt', 'statement_type_wrong', by({ typ: 'swiftdrop-receipt' })],
    ['as any JWT', 'statement_type_wrong', by({ typ: 'JWT' })],
    ['of no type', 'statement_type_wrong', by({ typ: undefined as unknown as string })],
    ['by no algorithm', 'statement_signature_wrong', first(`${unsigned}.${payload}.AA`)],
    ['by the public key as a secret', 'statement_signature_wrong', first(byPublicKey(said))],
    ['with a condition that is unknown', 'statement_signature_wrong', by({ crit: ['b64'] })],
    ['with an empty signature', 'statement_malformed', first(`${header}.${payload}.`)],
    ['with a signature of zeros', 'statement_signature_wrong', signed(new Uint8Array(64))],
    ['with a short signature', 'statement_signature_wrong', signed(bytes.subarray(1))],
    ['with a long signature', 'statement_signature_wrong', signed(Uint8Array.of(0, ...bytes))],
    ['with r and s exchanged', 'statement_signature_wrong', signed(exchanged(bytes))],
    ['of two parts', 'statement_malformed', first(`${header}.${payload}`)],
    ['of four parts', 'statement_malformed', first(`${token}.AAAA`)],
    ['that is no JSON', 'statement_malformed', first(`${header}.AAAA.${signature}`)],
    ['that is not base64url', 'statement_malformed', first(token.replace('.', '.+'))],
  ];
}

function sets(published: PublishedDraw): Change<PublishedDraw>[] {
  const { statements } = published.draw;
  const [locked = '', drawn = ''] = statements;
  const said = claimsOf(locked);
  const without = (name: string) => {
    const { [name]: _, ...rest } = said;
    return () => withStatement(published, 0, signedText(rest, { typ: TYP }));
  };
  const other = publishDraw({ ...drandDraw(), start: { ...drandDraw().start, number: 8 } });
  const later = signedText(withValue(said, 'entries', 11), { typ: TYP });
  const list = (...tokens: string[]) => withTokens(published, tokens);
  return [
    ['without the one of the lock', 'statement_missing', () => list(drawn)],
    ['without the one of the draw', 'statement_missing', () => list(locked)],
    ['without any', 'statement_missing', () => list()],
    ['with the lock twice', 'statement_twice', () => list(locked, locked, drawn)],
    ['with a second lock', 'statement_twice', () => list(locked, later, drawn)],
    ['with the draw twice', 'statement_twice', () => list(locked, drawn, drawn)],
    [
      'of another draw',
      'statement_differs',
      () => list(other.draw.statements[0] ?? '', other.draw.statements[1] ?? ''),
    ],
    [
      'that the draw was given up',
      'statement_differs',
      () => list(locked, drawn, givenUpText(said)),
    ],
    ['without records', 'statement_malformed', without('records')],
    ['without a head', 'statement_malformed', without('head')],
    ['without a beacon', 'statement_malformed', without('beacon')],
  ];
}

function givenUpText(said: Record<string, unknown>): string {
  const { beacon: _, lockedAt, ...base } = said;
  const givenUp = { ...base, type: 'given_up', reason: 'cancelled', givenUpAt: lockedAt };
  return signedText(givenUp, { typ: TYP });
}

function withStatement(published: PublishedDraw, place: number, text: string): PublishedDraw {
  return withTokens(published, published.draw.statements.with(place, text));
}

function withTokens(published: PublishedDraw, statements: string[]): PublishedDraw {
  const draw = { ...published.draw, statements, statement: statements.at(-1) ?? null };
  return { ...published, draw };
}

function exchanged(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(...bytes.subarray(32), ...bytes.subarray(0, 32));
}

/** A known attack on checkers that believe the header: an HMAC whose secret everybody knows. */
function byPublicKey(said: object): string {
  const { kid } = publicKey(SHOP_KEY);
  const text = `${encoded({ alg: 'HS256', typ: TYP, kid })}.${encoded(said)}`;
  const key = createPublicKey({ key: { ...SHOP_KEY }, format: 'jwk' });
  const secret = key.export({ type: 'spki', format: 'pem' });
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function pathValue(said: Record<string, unknown>, path: string): unknown {
  const [name = '', inner] = path.split('.');
  const value = said[name];
  return inner === undefined ? value : (value as Record<string, unknown>)[inner];
}
