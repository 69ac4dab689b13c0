/** State that is as it was when the shopper comes back by the browser's Back. */
import { useState } from 'preact/hooks';
import { useShop } from './shop.ts';

/** @param name what it is on this page; another name begins with nothing */
export function useKept<Value>(name: string, first: Value) {
  const { memory } = useShop();
  const [value, setValue] = useState<Value>(
    () => (memory.read(name) as Value | undefined) ?? first,
  );
  function set(next: Value) {
    memory.write(name, next);
    setValue(next);
  }
  return [value, set] as const;
}
