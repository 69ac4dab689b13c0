/** Mails are in the name that admins gave their shop. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { OWN_FACE } from '../../contract/face.ts';
import type { UserId } from '../../contract/ids.ts';
import { writeFace } from '../../stores/postgres/face.ts';
import { readMailSubjects } from '../../stores/postgres/mail-facts.ts';
import { mailPorts } from '../../testing/mail-ports.ts';
import { addUser } from '../../testing/rows.ts';
import { createMailHandlers } from './handlers.ts';
import { addressed, type Mail } from './mail.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const CONFIGURED = { from: { name: 'Lamp Shop', email: 'a@shop.example' }, replyTo: undefined };

let database: Database;
let userId: UserId;

beforeAll(async () => {
  database = await openMigratedPostgres();
  userId = await addUser(database.db, NOW_MS);
}, 120_000);

afterAll(() => database?.close());

async function mailed(): Promise<Mail> {
  const { ports, mails } = mailPorts(database.db, NOW_MS);
  const row = { kind: 'mail.password_changed', key: 'k', payload: { userId } } as const;
  const subject = (await readMailSubjects(database.db, [{ rowId: 1, userId }])).get(1);
  if (subject === undefined) throw new Error('nothing was read of the row');
  expect(await createMailHandlers(ports)['mail.password_changed'](row, subject)).toEqual({
    kind: 'done',
  });
  const [mail] = mails;
  if (mail === undefined) throw new Error('no mail left');
  return mail;
}

it('is the configured name as long as the shop has no face of its own', async () => {
  const mail = await mailed();
  expect(mail.text).toContain('-- \nLamp Shop\nhttps://shop.example');
  expect(addressed(mail, CONFIGURED).sender).toEqual(CONFIGURED);
});

it('is the name of the face in the signature and as the sender, without what a header cannot hold', async () => {
  const { version: _, changedAt: __, ...own } = OWN_FACE;
  const face = { ...own, name: 'The "Lamp" Room' };
  await writeFace(database.db, { face, version: 0, actor: 'a test', nowMs: NOW_MS });
  const mail = await mailed();
  expect(mail.text).toContain('-- \nThe "Lamp" Room\nhttps://shop.example');
  expect(mail.html).toContain('The &quot;Lamp&quot; Room<br>');
  const { sender, mail: sent } = addressed(mail, CONFIGURED);
  expect(sender.from).toEqual({ name: 'The Lamp Room', email: 'a@shop.example' });
  expect(sent).not.toHaveProperty('fromName');
});
