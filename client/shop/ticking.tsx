/** Draws its child anew each second until a moment, and nothing around it. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useRemainingMs } from './use-server-time.ts';

export interface TickingProps {
  readonly momentMs: number;
  /** Called once when the moment is reached, at once if it is over already. */
  onReached?(): void;
  children(remainingMs: number): ComponentChildren;
}

export function Ticking({ momentMs, onReached, children }: TickingProps) {
  const remainingMs = useRemainingMs(momentMs);
  const isReached = remainingMs === 0;
  useEffect(() => {
    if (isReached) onReached?.();
  }, [isReached, momentMs]);
  return <>{children(remainingMs)}</>;
}
