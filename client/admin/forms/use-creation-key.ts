/** The Idempotency-Key of a form that makes something: one, however often the form is sent. */
import { useRef } from 'preact/hooks';
import type { Result } from '../../api/call-problem.ts';
import { useShop } from '../../shop/shop.ts';

/**
 * @returns what sends with the form's key. Where the key turns out to have made something else, as
 *   the form was changed after an answer that was lost, the next sending has a key of its own.
 */
export function useCreationKey() {
  const shop = useShop();
  const key = useRef<string | null>(null);
  return async <Value>(create: (key: string) => Promise<Result<Value>>): Promise<Result<Value>> => {
    key.current ??= shop.newKey();
    const result = await create(key.current);
    if (!result.ok && result.problem.code === 'idempotency_key_reused') key.current = null;
    return result;
  };
}
