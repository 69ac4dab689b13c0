/** Pictures of an item or an event in its form: dropped or chosen as files, or named by an address. */
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { Labelled } from './labelled.tsx';
import { createPictureQueue, type PictureQueue } from './picture-queue.ts';
import { PictureRow } from './picture-row.tsx';

export interface PicturesFieldProps {
  readonly title: string;
  readonly hint: string;
  readonly pictures: readonly string[];
  /** What stands in the field for an address. */
  readonly address: string;
  /** One more takes the place of the last. */
  readonly max: number;
  readonly errors: readonly FieldError[];
  /** Of the fault of the nth, from 0. */
  pathOf(n: number): string;
  onPictures(pictures: readonly string[]): void;
  onAddress(address: string): void;
  /** Whether files are on their way: a form that is sent now would go without them. */
  onUploading(isUploading: boolean): void;
}

export function PicturesField(props: PicturesFieldProps) {
  const { title, hint, pictures, max, errors, pathOf, onPictures } = props;
  const typedPath = pathOfTyped(props);
  const hintId = useId();
  const field = useRef<HTMLFieldSetElement>(null);
  const [focus, setFocus] = useState<{ row: number; button: number } | null>(null);
  // What was pressed is now in another row, or gone.
  useEffect(() => {
    if (focus === null) return;
    const rows = field.current?.querySelectorAll('.picture-row') ?? [];
    const buttons = rows[Math.min(focus.row, rows.length - 1)]?.querySelectorAll('button');
    (buttons?.[focus.button] ?? field.current?.querySelector('input'))?.focus();
  }, [focus]);

  function move(row: number, by: -1 | 1) {
    const url = pictures[row];
    if (url === undefined) return;
    onPictures(pictures.toSpliced(row, 1).toSpliced(row + by, 0, url));
    setFocus({ row: row + by, button: by < 0 ? 0 : 1 });
  }
  const shared = errors.find(({ path }) => path === 'pictures');
  return (
    <fieldset ref={field} class="pictures" aria-describedby={hintId}>
      <legend>{title}</legend>
      <p id={hintId} class="field-hint">
        {hint}
      </p>
      {pictures.length > 0 && (
        <ol>
          {pictures.map((url, n) => (
            <PictureRow
              key={url}
              url={url}
              n={n}
              count={pictures.length}
              error={
                errors.find(({ path }) => path === pathOf(n) && path !== typedPath) ??
                (n === 0 ? shared : undefined)
              }
              onMove={(by) => move(n, by)}
              onRemove={() => {
                onPictures(pictures.toSpliced(n, 1));
                setFocus({ row: n, button: max > 1 ? 2 : 0 });
              }}
            />
          ))}
        </ol>
      )}
      <FilesField {...props} />
      <AddressField {...props} />
    </fieldset>
  );
}

/** Of the fault of an address that was typed and is sent with the others; undefined without one. */
function pathOfTyped({ pictures, address, max, pathOf }: PicturesFieldProps): string | undefined {
  return address.trim() === '' ? undefined : pathOf(max === 1 ? 0 : pictures.length);
}

/** With one more, as far as there is room; the only one is replaced. */
export function withPicture(pictures: readonly string[], url: string, max: number) {
  if (pictures.includes(url)) return pictures;
  return max === 1 ? [url] : [...pictures, url].slice(0, max);
}

function FilesField({ pictures, max, onPictures, onUploading }: PicturesFieldProps) {
  const texts = ADMIN_TEXTS.pictures;
  const admin = useAdmin();
  // Files arrive one after another, each beside those that are there by then.
  const present = useRef(pictures);
  present.current = pictures;
  const queue = useMemo(
    () =>
      createPictureQueue({
        send: admin.uploadPicture,
        roomFor: () => (max === 1 ? 1 : max - present.current.length),
        onPicture: (url) => {
          present.current = withPicture(present.current, url, max);
          onPictures(present.current);
        },
      }),
    [],
  );
  const { name } = queue.state.value;
  useEffect(() => onUploading(name !== null), [name !== null]);

  return (
    <>
      {/* As large as its place, so that what is dropped there is chosen by it, as the browser has it. */}
      <label class="picture-drop">
        <input
          type="file"
          accept="image/*"
          multiple={max > 1}
          onChange={({ currentTarget }) => {
            if (currentTarget.files?.length) void queue.add([...currentTarget.files]);
            // The same file may be chosen again.
            currentTarget.value = '';
          }}
        />
        <span>{max > 1 ? texts.choose : texts.chooseOne}</span>
      </label>
      <Progress {...queue.state.value} />
    </>
  );
}

function Progress({ name, nth, count, refused }: PictureQueue['state']['value']) {
  const texts = ADMIN_TEXTS.pictures;
  return (
    <>
      <output class="picture-progress">
        {name !== null && (
          <>
            <progress aria-label={texts.uploading} /> <bdi>{name}</bdi>{' '}
            {count > 1 && texts.nthOf(nth, count)}
          </>
        )}
      </output>
      {refused.length > 0 && (
        <div role="alert">
          {refused.map((file, n) => (
            <p key={n} class="field-error">
              <bdi>{file.name}</bdi>: {file.why}
            </p>
          ))}
        </div>
      )}
    </>
  );
}

function AddressField(props: PicturesFieldProps) {
  const { pictures, address, max, errors, onPictures, onAddress } = props;
  const texts = ADMIN_TEXTS.pictures;
  const typed = address.trim();
  const isFull = max > 1 && pictures.length >= max;

  function add() {
    if (typed === '' || isFull) return;
    onPictures(withPicture(pictures, typed, max));
    onAddress('');
  }
  return (
    <div class="picture-address">
      <Labelled
        label={texts.address}
        hint={isFull ? texts.noRoom : texts.addressHint}
        errors={errors}
        path={pathOfTyped(props)}
      >
        {(control) => (
          <input
            {...control}
            type="text"
            inputMode="url"
            dir="ltr"
            autoComplete="off"
            value={address}
            onInput={({ currentTarget }) => onAddress(currentTarget.value)}
            onKeyDown={(event) => {
              // With nothing in it the key sends the form, as in any other field.
              if (event.key !== 'Enter' || event.isComposing || typed === '') return;
              event.preventDefault();
              add();
            }}
          />
        )}
      </Labelled>
      <Button kind="quiet" isInert={typed === '' || isFull} onPress={add}>
        {texts.add}
      </Button>
    </div>
  );
}
