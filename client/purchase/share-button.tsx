/** Hands the page's address on: by what the device has for it, or else by copying it. */
import { useState } from 'preact/hooks';
import { copyText } from '../page/copy-text.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';

type Outcome = 'copied' | 'notCopied';

export function ShareButton({ title }: { title: string }) {
  const { share: label, shared } = LAZY_TEXTS.next;
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  async function press() {
    setOutcome(null);
    const url = location.origin + location.pathname;
    setOutcome(await share({ title, url }));
  }
  return (
    <>
      <Button kind="quiet" onPress={() => void press()}>
        {label}
      </Button>
      <output class="share-outcome">
        {outcome && shared[outcome]}
        {outcome === 'notCopied' && (
          <input
            aria-label={shared.notCopied}
            readOnly
            value={location.origin + location.pathname}
            onFocus={(event) => event.currentTarget.select()}
          />
        )}
      </output>
    </>
  );
}

/** @returns null where there is nothing to say: the device has done so, or somebody thought better of it. */
async function share(page: { title: string; url: string }): Promise<Outcome | null> {
  if ('share' in navigator) {
    try {
      await navigator.share(page);
      return null;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return null;
    }
  }
  return (await copyText(page.url)).ok ? 'copied' : 'notCopied';
}
