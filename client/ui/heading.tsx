/** A screen's one h1: can take the focus after a navigation, so that it is read out. */
import type { ComponentChildren, Ref } from 'preact';

interface HeadingProps {
  readonly children: ComponentChildren;
  readonly shown?: Ref<HTMLHeadingElement>;
}

export function Heading({ children, shown }: HeadingProps) {
  return (
    <h1 class="heading" dir="auto" tabIndex={-1} ref={shown ?? null}>
      {children}
    </h1>
  );
}
