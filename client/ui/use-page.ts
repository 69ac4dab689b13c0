/** What the page and the browser around it share: title, connection, focus. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { isolated } from '../format/direction.ts';
import { documentTitle } from '../texts/texts.ts';

export function useDocumentTitle(title: string) {
  useEffect(() => {
    document.title = documentTitle(isolated(title));
  }, [title]);
}

export function useIsOnline(): boolean {
  // A server that draws has a navigator too, but no network state.
  const [isOnline, setIsOnline] = useState(!('onLine' in navigator) || navigator.onLine);
  useEffect(() => {
    const look = () => setIsOnline(navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return isOnline;
}

/**
 * Focus for what replaced the control someone had just used: when the work is over and the control
 * is gone, the focus would be nowhere. It is never taken from anything else.
 */
export function useFocusRescue<Shown extends HTMLElement>(isWorking: boolean) {
  const shown = useRef<Shown>(null);
  const wasWorking = useRef(isWorking);
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (wasWorking.current && !isWorking && isLost) shown.current?.focus();
    wasWorking.current = isWorking;
  }, [isWorking]);
  return shown;
}
