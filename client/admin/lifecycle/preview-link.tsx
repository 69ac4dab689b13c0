/** A link to a draft for somebody else: made at a press, put on the clipboard, shown with its end. */
import { useState } from 'preact/hooks';
import type { PreviewLink } from '../../../worker/contract/event-lifecycle.ts';
import { formatInstant } from '../../format/times.ts';
import { copyText } from '../../page/copy-text.ts';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

interface Made extends PreviewLink {
  readonly isCopied: boolean;
}

export function PreviewLinkButton({ eventId }: { eventId: string }) {
  const admin = useAdmin();
  const { locale } = useShop();
  const { isSending, problem, run } = useAction();
  const [made, setMade] = useState<Made | null>(null);
  const texts = ADMIN_TEXTS.lifecycle.preview;

  /** Copied before it is told, so that both are said at once. */
  async function make() {
    const link = await admin.previewEvent(eventId);
    if (!link.ok) return link;
    const copied = await copyText(link.value.url);
    return { ok: true as const, value: { ...link.value, isCopied: copied.ok } };
  }
  return (
    <>
      <Button kind="quiet" isInert={isSending} onPress={() => run(make, setMade)}>
        {texts.action}
      </Button>
      <output class="preview-link">
        {made && (
          <>
            <span>
              {made.isCopied ? texts.copied : texts.notCopied}{' '}
              {texts.until(formatInstant(made.expiresAt, { locale }))}
            </span>{' '}
            <a href={made.url} target="_blank" rel="noreferrer">
              {texts.open}
            </a>
          </>
        )}
      </output>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
