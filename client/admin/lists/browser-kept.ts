/** How somebody wants their lists, kept in this browser for their account. Must not send it anywhere. */
import { useState } from 'preact/hooks';
import { useShop } from '../../shop/shop.ts';

const PREFIX = 'swiftdrop.console';

/**
 * @param name another name is something else
 * @param parse whatever is kept, also what an older version kept or nothing, as a value that can be used
 */
export function useBrowserKept<Value>(name: string, parse: (kept: unknown) => Value) {
  const { session } = useShop();
  const key = `${PREFIX}.${session.current.value?.user.id ?? ''}.${name}`;
  const [value, setValue] = useState(() => parse(read(key)));
  function set(next: Value) {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing has it until the screen is left.
    }
  }
  return [value, set] as const;
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
