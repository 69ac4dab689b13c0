/** What a form says on the screen that it leads to: that it was saved. It goes with that screen. */
import { type Signal, signal } from '@preact/signals-core';
import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import { useLocation } from '../../page/location.tsx';

export interface Saved {
  /** Of the screen on which it is said. */
  readonly path: string;
  readonly text: string;
}

export const SavedContext = createContext<Signal<Saved | null>>(signal(null));

/** @returns goes to a screen and says there what was done. */
export function useLeaving(): (saved: Saved) => void {
  const { route } = useLocation();
  const said = useContext(SavedContext);
  return (saved) => {
    said.value = saved;
    route(saved.path);
  };
}

export function SavedNote() {
  const { path } = useLocation();
  const said = useContext(SavedContext);
  const saved = said.value?.path === path ? said.value : null;
  useEffect(() => {
    if (said.peek()?.path !== path) said.value = null;
  }, [path]);
  return <output class="saved">{saved?.text}</output>;
}
