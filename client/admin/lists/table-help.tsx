/** Which keys do what in a table. Must not listen to them. */
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface TableHelpProps {
  readonly isOpen: boolean;
  readonly canChoose: boolean;
  setIsOpen(isOpen: boolean): void;
}

export function TableHelp({ isOpen, canChoose, setIsOpen }: TableHelpProps) {
  const { keys } = ADMIN_TEXTS.lists;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
  }, [isOpen]);
  const rows = [
    ['j, ↓', keys.next],
    ['k, ↑', keys.before],
    ['Enter', keys.open],
    ...(canChoose ? [[keys.space, keys.choose]] : []),
    ['?', keys.help],
  ];
  return (
    <>
      <div class="table-keys">
        <Button kind="plain" onPress={() => setIsOpen(true)}>
          {keys.title}
        </Button>
      </div>
      <dialog class="dialog" ref={dialog} aria-labelledby={id} onClose={() => setIsOpen(false)}>
        <h2 id={id}>{keys.title}</h2>
        <p>{keys.lead}</p>
        <dl class="key-list">
          {rows.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <div class="dialog-actions">
          <Button kind="quiet" onPress={() => dialog.current?.close()}>
            {keys.close}
          </Button>
        </div>
      </dialog>
    </>
  );
}
