/** A picture of an item from wherever an admin keeps it: one that cannot be reached leaves its place empty. */
import { useEffect, useRef, useState } from 'preact/hooks';

export interface PictureProps {
  readonly url: string;
  readonly alt?: string;
  readonly class?: string;
  readonly width: number;
  readonly height: number;
}

/** @returns nothing where it cannot be shown; another address is to be another picture, by its key. */
export function Picture({ url, alt = '', ...rest }: PictureProps) {
  const shown = useRef<HTMLImageElement>(null);
  const [isBroken, setIsBroken] = useState(false);
  useEffect(() => {
    // One that the server drew may have failed before anybody listened. A size of none is no sign of
    // that: an SVG may have none.
    if (shown.current?.complete) shown.current.decode().catch(() => setIsBroken(true));
  }, []);
  if (isBroken) return null;
  return (
    <img
      ref={shown}
      src={url}
      alt={alt}
      loading="lazy"
      decoding="async"
      onError={() => setIsBroken(true)}
      {...rest}
    />
  );
}
