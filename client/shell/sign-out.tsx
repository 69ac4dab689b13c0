/**
 * Signing out in two steps, since the button stands beside a link that is tapped often: the first
 * press shows what the second one does, and pressing twice by accident does nothing.
 */
import { useState } from 'preact/hooks';
import { TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';

export function SignOut({ onSignOut }: { onSignOut(): void }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <div class="sign-out">
      <Button kind="quiet" isExpanded={isOpen} onPress={() => setIsOpen(!isOpen)}>
        {TEXTS.signOut}
      </Button>
      {isOpen && <Button onPress={onSignOut}>{TEXTS.signOutHere}</Button>}
    </div>
  );
}
