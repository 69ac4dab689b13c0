/** Pictures of what is sold, uploaded or from elsewhere, and what stands in the place of one that is not there. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { sourcesOf, uploadedPicture } from '../../worker/contract/pictures.ts';

export interface PictureProps {
  readonly url: string;
  readonly alt?: string;
  readonly class?: string;
  /** How wide it is drawn, as an `img` is told it. */
  readonly sizes?: string;
  /** On the first screenful: fetched before what is further down. */
  readonly isFirst?: boolean | undefined;
  /** Of one from elsewhere, whose own size nobody knows: four to three, as the style sheet crops it. */
  readonly width?: number;
  readonly height?: number;
  /** Stands in its place where it cannot be reached. */
  readonly children?: ComponentChildren;
}

/** Another address is to be another picture, by its key. */
export function Picture(props: PictureProps) {
  const { url, alt = '', isFirst, children, width = 800, height = 600, ...rest } = props;
  const uploaded = uploadedPicture(url);
  const shown = useRef<HTMLImageElement>(null);
  const [isBroken, setIsBroken] = useState(false);
  useEffect(() => {
    // One that the server drew may have failed before anybody listened. A size of none is no sign of
    // that: an SVG may have none.
    if (shown.current?.complete) shown.current.decode().catch(() => setIsBroken(true));
  }, []);
  if (isBroken) return <>{children}</>;
  return (
    <img
      ref={shown}
      {...rest}
      width={uploaded?.width ?? width}
      height={uploaded?.height ?? height}
      alt={alt}
      {...(isFirst ? { fetchpriority: 'high' } : { loading: 'lazy' })}
      decoding="async"
      // Last: a browser fetches as soon as it has an address, by what it knows then.
      {...sourcesOf(url)}
      onError={() => setIsBroken(true)}
    />
  );
}

export interface PictureTileProps extends Omit<PictureProps, 'url' | 'children'> {
  readonly url: string | null | undefined;
  /** Of what it shows: where there is no picture, its first letter stands there. */
  readonly name: string;
}

/** A place that is as large before the picture is there, without one, and with it. */
export function PictureTile({ url, name, class: called, ...rest }: PictureTileProps) {
  const colours = url && uploadedPicture(url)?.colours;
  const letter = (
    <span class="picture-letter" aria-hidden="true">
      {String.fromCodePoint(name.codePointAt(0) ?? 32)}
    </span>
  );
  return (
    <div class={`picture ${called}`}>
      {colours && <Placeholder colours={colours} />}
      {url ? (
        <Picture key={url} url={url} {...rest}>
          {letter}
        </Picture>
      ) : (
        letter
      )}
    </div>
  );
}

/** The picture's own colours, as SVG attributes: a strict CSP forbids style attributes. */
function Placeholder({ colours: [upper, lower] }: { colours: readonly [string, string] }) {
  const id = useId();
  return (
    <svg aria-hidden="true">
      <linearGradient id={id} x2="0" y2="1">
        <stop stop-color={`#${upper}`} />
        <stop offset="1" stop-color={`#${lower}`} />
      </linearGradient>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  );
}
