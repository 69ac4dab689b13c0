/** A screen's one h1: can take the focus after a navigation, so that it is read out. */
import type { ComponentChildren } from 'preact';

export function Heading({ children }: { children: ComponentChildren }) {
  return (
    <h1 class="heading" tabIndex={-1}>
      {children}
    </h1>
  );
}
