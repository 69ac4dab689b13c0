/** The shop's own links at the end of every page. Must not keep what was typed. */
import type { FieldError } from '../../../worker/contract/problems.ts';
import { LANGUAGE_NAMES } from '../../texts/language.ts';
import { Button } from '../../ui/button.tsx';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { type FaceDraft, LINKS_MAX, type LinkDraft, NEW_LINK } from './face-draft.ts';

export interface LinksFieldProps {
  readonly links: readonly LinkDraft[];
  readonly errors: readonly FieldError[];
  change(some: Pick<FaceDraft, 'links'>): void;
}

export function LinksField({ links, errors, change }: LinksFieldProps) {
  const { face } = ADMIN_TEXTS;
  const put = (n: number, some: Partial<LinkDraft>) =>
    change({ links: links.map((link, at) => (at === n ? { ...link, ...some } : link)) });
  return (
    <>
      {links.map((link, n) => (
        // They have no name of their own while they are typed.
        <fieldset key={n} class="conditions">
          <legend>{face.link(n + 1)}</legend>
          <LinkLines
            link={link}
            at={`footerLinks.${n}`}
            errors={errors}
            put={(some) => put(n, some)}
          />
          <Button kind="quiet" onPress={() => change({ links: links.filter((_, at) => at !== n) })}>
            {face.remove(n + 1)}
          </Button>
        </fieldset>
      ))}
      {links.length < LINKS_MAX && (
        <div>
          <Button kind="quiet" onPress={() => change({ links: [...links, NEW_LINK] })}>
            {face.add}
          </Button>
        </div>
      )}
    </>
  );
}

interface LinkLinesProps {
  readonly link: LinkDraft;
  readonly at: string;
  readonly errors: readonly FieldError[];
  put(some: Partial<LinkDraft>): void;
}

function LinkLines({ link, at, errors, put }: LinkLinesProps) {
  const { face } = ADMIN_TEXTS;
  const lines = [
    ['label', face.label, `${at}.label`],
    ['en', face.labelIn(LANGUAGE_NAMES.en), `${at}.translations.en`],
    ['de', face.labelIn(LANGUAGE_NAMES.de), `${at}.translations.de`],
    ['url', face.url, `${at}.url`],
  ] as const;
  return (
    <>
      {lines.map(([name, label, path]) => (
        <Labelled key={name} label={label} errors={errors} path={path}>
          {(control) => (
            <input
              dir="auto"
              {...control}
              value={link[name]}
              onInput={({ currentTarget }) => put({ [name]: currentTarget.value })}
            />
          )}
        </Labelled>
      ))}
    </>
  );
}
