/** Focuses the first field that is wrong, whether the browser or the server found it. */
import { useEffect, useRef } from 'preact/hooks';

/** @param faults what was found; the first field at fault takes the focus whenever one changes. */
export function useFaultFocus(...faults: readonly unknown[]) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, faults);
  return form;
}
