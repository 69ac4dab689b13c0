/** Writes a comment, a reply or a change of one: kept as a draft until it is sent. */
import { useRef, useState } from 'preact/hooks';
import type { Comment } from '../../worker/contract/reviews.ts';
import type { CallProblem, Result } from '../api/call-problem.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TextArea } from '../ui/text-area.tsx';

export interface CommentFormProps {
  /** Names the draft. */
  readonly draft: string;
  readonly label: string;
  readonly action: string;
  /** What is changed; empty for something new. */
  readonly before?: string;
  readonly hasFocus?: boolean;
  send(sent: { body: string; key: string }): Promise<Result<Comment>>;
  onSent(comment: Comment): void;
  onCancel?(): void;
}

export function CommentForm({ draft, label, action, before = '', ...rest }: CommentFormProps) {
  const { drafts, newKey } = useShop();
  const [text, setText] = useState(drafts.read(draft) || before);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  // What was sent and not answered keeps its key, so that it is never there twice.
  const intent = useRef({ body: '', key: '' });
  const body = text.trim();
  const isInert = isSending || body === '' || body === before;

  function type(next: string) {
    setText(next);
    drafts.write(draft, next);
  }
  async function submit() {
    if (isInert) return;
    if (intent.current.body !== body) intent.current = { body, key: newKey() };
    setIsSending(true);
    const result = await rest.send(intent.current);
    setIsSending(false);
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    intent.current = { body: '', key: '' };
    type('');
    rest.onSent(result.value);
  }
  return (
    <form
      class="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextArea label={label} value={text} hasFocus={rest.hasFocus ?? false} onType={type} />
      {problem && <ProblemNotice problem={problem} />}
      <div class="actions">
        <Button type="submit" isInert={isInert}>
          {isSending ? LAZY_TEXTS.posting : action}
        </Button>
        {rest.onCancel && (
          <Button
            kind="quiet"
            onPress={() => {
              drafts.write(draft, '');
              rest.onCancel?.();
            }}
          >
            {LAZY_TEXTS.cancel}
          </Button>
        )}
      </div>
    </form>
  );
}
