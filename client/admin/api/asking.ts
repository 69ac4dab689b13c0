/** How the administration is asked, for its calls. Must not keep anything. */
import type { Answer, Call, ShopApi } from '../../api/api.ts';

export type Ask = <Value>(send: (admin: Admin, as: As) => Promise<Answer<Value>>) => Call<Value>;
type Send = Parameters<ShopApi['asCaller']>[0];
type Admin = Parameters<Send>[0]['api']['v1']['admin'];
export type As = Parameters<Send>[1];

/** @param key the Idempotency-Key of what is sent, the same for every repetition of it */
export function withKey({ headers }: As, key: string | undefined): As {
  return { headers: key === undefined ? headers : { ...headers, 'Idempotency-Key': `"${key}"` } };
}

/** What a field left empty does not ask for. */
export function given<Fields extends Record<string, string | undefined>>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}

/** A file of a million orders takes its time. */
export const EXPORT_MS_MAX = 10 * 60_000;

/** Bytes where calls read JSON, unless it is a refusal, which is JSON. */
export function asFile(response: Answer<unknown>): Answer<Blob> {
  const file = response.ok ? Object.assign(response, { json: () => response.blob() }) : response;
  return file as Answer<Blob>;
}

/** With the tag of the version that it is; a change that names it is refused where there is another. */
export type Versioned<Value> = Value & { readonly version?: string };

/** An answer whose value has the version that its head names. */
export async function tagged<Value>(
  asking: Promise<Answer<Value>>,
): Promise<Answer<Versioned<Value>>> {
  const response = await asking;
  // What answers in place of the network need not have a head.
  const { headers }: Partial<Answer<Value>> = response;
  // A proxy that compresses an answer marks its tag as weak, and weak ones match nothing.
  const version = headers?.get('ETag')?.replace(/^W\//, '');
  if (!response.ok || version === undefined) return response as Answer<Versioned<Value>>;
  const body = response.json.bind(response);
  const json = async () => ({ ...((await body()) as Value), version });
  return Object.assign(response, { json }) as Answer<Versioned<Value>>;
}

export function ifMatch({ headers }: As, version: string | undefined): As {
  return { headers: version === undefined ? headers : { ...headers, 'If-Match': version } };
}
