/** A button that asks before it does what cannot be undone. Must not do it itself. */
import { useId, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface ConfirmButtonProps {
  readonly action: string;
  readonly ask: string;
  readonly body: string;
  readonly kind?: 'primary' | 'quiet';
  readonly label?: string;
  readonly isInert?: boolean;
  onConfirm(): void;
}

export function ConfirmButton({ action, ask, body, onConfirm, ...button }: ConfirmButtonProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <Button {...button} onPress={() => dialog.current?.showModal()}>
        {action}
      </Button>
      <dialog
        class="dialog"
        ref={dialog}
        aria-labelledby={`${id}-ask`}
        aria-describedby={`${id}-body`}
      >
        <h2 id={`${id}-ask`}>{ask}</h2>
        <p id={`${id}-body`}>{body}</p>
        <div class="dialog-actions">
          <Button kind="quiet" onPress={() => dialog.current?.close()}>
            {ADMIN_TEXTS.no}
          </Button>
          <Button
            onPress={() => {
              dialog.current?.close();
              onConfirm();
            }}
          >
            {action}
          </Button>
        </div>
      </dialog>
    </>
  );
}
