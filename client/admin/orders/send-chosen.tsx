/** Says of the chosen orders that they were sent, each with a link if there is one; then how each ended. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SentAnswer } from '../../../worker/contract/order-desk.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import { isolated } from '../../format/direction.ts';
import { Button } from '../../ui/button.tsx';
import { Heading } from '../../ui/heading.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useDocumentTitle } from '../../ui/use-page.ts';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { Labelled } from '../forms/labelled.tsx';
import { useFaultFocus } from '../forms/use-fault-focus.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { Choice, ChosenOrder } from './chosen-orders.ts';
import { PasteLinks } from './paste-links.tsx';
import { type PasteFault, readPasted } from './sent-links.ts';
import { SentResults } from './sent-results.tsx';

export interface SendChosenProps {
  readonly orders: Choice;
  /** Some of them are marked now: they are not to be chosen any more. */
  onSent(): void;
  onBack(): void;
}

/** Fields between which the button below them is seen; with more it is above them as well. */
const FIELDS_SEEN = 5;

type Links = Readonly<Record<string, string>>;

export function SendChosen({ orders, onSent, onBack }: SendChosenProps) {
  const [links, setLinks] = useState<Links>({});
  const [answer, setAnswer] = useState<SentAnswer | null>(null);
  const { chosen: texts } = ADMIN_TEXTS;
  const title = answer
    ? texts.resultTitle(answer.sent.length, orders.length)
    : texts.sendTitle(orders.length);
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  // What is shown took the place of something else: the reading goes on at its title.
  useEffect(() => heading.current?.focus(), [answer]);
  return (
    <div class="send-chosen">
      <p class="back">
        <Button kind="plain" onPress={onBack}>
          {texts.backToList}
        </Button>
      </p>
      <Heading shown={heading}>{title}</Heading>
      {answer ? (
        <SentResults orders={orders} answer={answer} links={links} />
      ) : (
        <LinksForm
          orders={orders}
          links={links}
          setLinks={setLinks}
          onSent={(sent) => {
            setAnswer(sent);
            onSent();
          }}
        />
      )}
    </div>
  );
}

interface LinksFormProps extends Pick<SendChosenProps, 'orders'> {
  readonly links: Links;
  setLinks(links: Links): void;
  onSent(answer: SentAnswer): void;
}

function LinksForm({ orders, links, setLinks, onSent }: LinksFormProps) {
  const admin = useAdmin();
  const { isSending, problem, run, clear } = useAction();
  const { pasted, setPasted, take, told, left } = usePaste(orders, links, setLinks);
  const { chosen: texts } = ADMIN_TEXTS;
  /** As it was sent, so that a fault finds its order. */
  const sent = useRef<readonly { id: string; trackingUrl: string }[]>([]);
  const form = useFaultFocus(problem);

  function submit() {
    const taken = take();
    if (taken === null) return;
    sent.current = linksOf(orders, taken);
    const ids = orders.map(({ id }) => id);
    run(() => admin.markAllSent(ids, sent.current), onSent);
  }
  const action = (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" isInert={isSending}>
        {isSending ? texts.sending : texts.action}
      </Button>
    </>
  );
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{texts.sendHint}</p>
      <PasteLinks
        text={pasted}
        told={told}
        left={left}
        onType={setPasted}
        onTake={() => void take()}
      />
      {orders.length > FIELDS_SEEN && action}
      {orders.map((order) => (
        <LinkField
          key={order.id}
          order={order}
          link={links[order.id] ?? ''}
          errors={faultsOf(order, problem?.fields ?? [], sent.current)}
          onType={(link) => {
            setLinks({ ...links, [order.id]: link });
            clear();
          }}
        />
      ))}
      {action}
    </form>
  );
}

/** What was pasted, and what became of it. */
function usePaste(orders: Choice, links: Links, setLinks: (links: Links) => void) {
  const [pasted, setPasted] = useState('');
  const [told, setTold] = useState('');
  const [left, setLeft] = useState<readonly { text: string; fault: PasteFault }[]>([]);
  /** @returns all links, or null where a line could not be taken: it is left to be mended. */
  function take(): Links | null {
    const read = readPasted(pasted, orders);
    const count = Object.keys(read.links).length;
    const all = { ...links, ...read.links };
    if (count > 0) setLinks(all);
    setPasted(read.left.map(({ text }) => text).join('\n'));
    setLeft(read.left);
    setTold(pasted.trim() === '' ? '' : ADMIN_TEXTS.chosen.taken(count));
    return read.left.length > 0 ? null : all;
  }
  return { pasted, setPasted, take, told, left };
}

interface LinkFieldProps {
  readonly order: ChosenOrder;
  readonly link: string;
  readonly errors: readonly FieldError[];
  onType(link: string): void;
}

function LinkField({ order, link, errors, onType }: LinkFieldProps) {
  const { number, customerName } = order;
  return (
    <Labelled
      label={ADMIN_TEXTS.chosen.linkOf(number, isolated(customerName))}
      errors={errors}
      path="trackingUrl"
    >
      {(control) => (
        <input
          {...control}
          type="url"
          autoComplete="off"
          value={link}
          onInput={({ currentTarget }) => onType(currentTarget.value)}
        />
      )}
    </Labelled>
  );
}

function linksOf(orders: Choice, links: Links) {
  return orders.flatMap(({ id }) => {
    const trackingUrl = links[id]?.trim();
    return trackingUrl ? [{ id, trackingUrl }] : [];
  });
}

function faultsOf(
  { id }: ChosenOrder,
  faults: readonly FieldError[],
  sent: readonly { id: string }[],
): FieldError[] {
  const at = sent.findIndex((link) => link.id === id);
  return faults
    .filter(({ path }) => path === `trackingUrls.${at}.trackingUrl`)
    .map(({ message }) => ({ path: 'trackingUrl', message }));
}
