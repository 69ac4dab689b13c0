/** What admins do with the catalogue, and read of accounts and the audit log. */
import {
  customerDetailSchema,
  customerListQuerySchema,
  customerListSchema,
  itemListQuerySchema,
  itemListSchema,
} from '../../contract/administration.ts';
import { auditListSchema, auditQuerySchema } from '../../contract/audit.ts';
import { itemInputSchema, itemSchema } from '../../contract/catalogue.ts';
import { itemIdSchema, userIdSchema } from '../../contract/ids.ts';
import { AUDIT_LIST } from './audit-examples.ts';
import { EXAMPLES, USER_ID } from './examples.ts';
import { ITEM_ID } from './item-examples.ts';
import type { Operation, SuccessAnswer } from './operation.ts';

const tag = 'Administration';
const itemParams = { id: { schema: itemIdSchema, example: ITEM_ID } };
const userParams = { id: { schema: userIdSchema, example: USER_ID } };
const itemBody = { schema: itemInputSchema, example: EXAMPLES.itemInput };

const theItem: SuccessAnswer = {
  description: 'The item.',
  schema: itemSchema,
  example: EXAMPLES.item,
};

const theAccount: SuccessAnswer = {
  description: 'The account.',
  schema: customerDetailSchema,
  example: EXAMPLES.customerDetail,
};

const ITEM_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/admin/items',
    operationId: 'listItems',
    tag,
    summary: 'List the catalogue, newest first',
    description: 'Narrowed by q, a part of the name in any case, and by category.',
    caller: 'admin',
    query: itemListQuerySchema,
    answers: {
      200: {
        description: 'One page of items.',
        schema: itemListSchema,
        example: EXAMPLES.itemList,
      },
    },
  },
  {
    method: 'post',
    path: '/admin/items',
    operationId: 'createItem',
    tag,
    summary: 'Add an item to the catalogue',
    description:
      'With a key it is made once: for 24 hours the same request with the same key is answered as the first one was.',
    idempotent: true,
    problems: ['idempotency_key_reused', 'rate_limited'],
    caller: 'admin',
    body: itemBody,
    answers: { 201: { ...theItem, headers: ['Location'] } },
  },
  {
    method: 'get',
    path: '/admin/items/{id}',
    operationId: 'getItem',
    versioned: true,
    tag,
    summary: 'Read an item of the catalogue',
    caller: 'admin',
    params: itemParams,
    answers: { 200: theItem },
  },
  {
    method: 'put',
    path: '/admin/items/{id}',
    operationId: 'updateItem',
    versioned: true,
    tag,
    summary: 'Change an item of the catalogue',
    caller: 'admin',
    params: itemParams,
    body: itemBody,
    answers: { 200: theItem },
    problems: ['variant_in_use'],
  },
  {
    method: 'delete',
    path: '/admin/items/{id}',
    operationId: 'deleteItem',
    versioned: true,
    tag,
    summary: 'Remove an item that no event has',
    caller: 'admin',
    params: itemParams,
    answers: { 204: { description: 'The item is gone.' } },
    problems: ['item_in_use'],
  },
];

const USER_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/admin/users',
    operationId: 'listUsers',
    tag,
    summary: 'List the accounts, newest first',
    description:
      'Narrowed by q, by role and by active. Each word of q is a part of the name or the e-mail address, in any case; one of one or two letters is the beginning of a word.',
    caller: 'admin',
    query: customerListQuerySchema,
    answers: {
      200: {
        description: 'One page of accounts.',
        schema: customerListSchema,
        example: EXAMPLES.customerList,
      },
    },
  },
  {
    method: 'get',
    path: '/admin/users/{id}',
    operationId: 'getUser',
    tag,
    summary: 'Read an account with the number of its orders by state',
    caller: 'admin',
    params: userParams,
    answers: { 200: theAccount },
  },
  {
    method: 'post',
    path: '/admin/users/{id}/deactivate',
    operationId: 'deactivateUser',
    tag,
    summary: 'Shut an account out, with its logins and holds',
    description:
      'What the account holds is cancelled, and free at the answer. Doing it again changes nothing.',
    caller: 'admin',
    params: userParams,
    answers: { 200: theAccount },
    problems: ['own_account', 'last_admin'],
  },
  {
    method: 'post',
    path: '/admin/users/{id}/activate',
    operationId: 'activateUser',
    tag,
    summary: 'Let an account in again',
    description: 'Its holder signs in anew. Doing it again changes nothing.',
    caller: 'admin',
    params: userParams,
    answers: { 200: theAccount },
    problems: ['account_deleted'],
  },
  {
    method: 'post',
    path: '/admin/users/{id}/allow-mail',
    operationId: 'allowMail',
    tag,
    summary: 'Have mail sent again to an address that it came back from, or whose owner complained',
    description:
      'A provider may keep a list of its own, from which the address has to be taken too; if it refuses the address again, nothing is sent there again.',
    caller: 'admin',
    params: userParams,
    answers: { 200: theAccount },
    problems: ['mail_not_suppressed'],
  },
];

export const ADMIN_RECORD_OPERATIONS: Operation[] = [
  ...ITEM_OPERATIONS,
  ...USER_OPERATIONS,
  {
    method: 'get',
    path: '/admin/audit',
    operationId: 'listAudit',
    tag,
    summary: 'List the changes that were made, newest first',
    description: 'Narrowed by subject, actor and action, each given whole.',
    caller: 'admin',
    query: auditQuerySchema,
    answers: {
      200: {
        description: 'One page of the audit log.',
        schema: auditListSchema,
        example: AUDIT_LIST,
      },
    },
  },
];
