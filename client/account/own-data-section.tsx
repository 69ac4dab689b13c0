/** On the profile: one's data as a file, and the end of one's account, which is asked for twice. */
import { useMemo, useState } from 'preact/hooks';
import { useLocation } from '../page/location.tsx';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { createAccountApi } from './account-api.ts';
import { textOf } from './form-text.ts';
import { createDeletion, createDownload } from './own-data-store.ts';
import { useMember } from './use-member.ts';

const DATA_PLACE = 'profile-data';
const END_PLACE = 'profile-end';

export function OwnDataSection() {
  const { account } = LAZY_TEXTS;
  const { api } = useShop();
  const { act } = useMember(DATA_PLACE);
  const download = useMemo(
    () => createDownload({ api: createAccountApi(api), act, save: saveLater }),
    [api],
  );
  const { isSending, isSaved, problem } = download.state.value;
  return (
    <section id={DATA_PLACE} aria-labelledby={`${DATA_PLACE}-title`}>
      <h2 id={`${DATA_PLACE}-title`}>{account.dataTitle}</h2>
      <p class="section-lead">{account.dataLead}</p>
      {problem && <ProblemNotice problem={problem} />}
      <output class="saved">
        {isSaved && (download.isPart() ? account.downloadPart : account.downloaded)}
      </output>
      <div class="actions">
        <Button kind="quiet" isInert={isSending} onPress={() => void download.submit(undefined)}>
          {isSending ? account.downloading : account.download}
        </Button>
      </div>
    </section>
  );
}

/** The console has that code too: in a file of its own, it is fetched by whoever needs it. */
async function saveLater(file: Blob, name: string) {
  const { saveFile } = await import('../page/save-file.ts');
  saveFile(file, name);
}

export function DeletionSection() {
  const { account } = LAZY_TEXTS;
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section id={END_PLACE} aria-labelledby={`${END_PLACE}-title`}>
      <h2 id={`${END_PLACE}-title`}>{account.deleteTitle}</h2>
      <p class="section-lead">{account.deleteLead}</p>
      {isAsking ? (
        <DeletionForm onKeep={() => setIsAsking(false)} />
      ) : (
        <div class="actions">
          <Button kind="quiet" onPress={() => setIsAsking(true)}>
            {account.deleteAction}
          </Button>
        </div>
      )}
    </section>
  );
}

function DeletionForm({ onKeep }: { onKeep(): void }) {
  const { account, cancel } = LAZY_TEXTS;
  const { api, accountNews, drafts, session } = useShop();
  const { act } = useMember(END_PLACE);
  const { route } = useLocation();
  const { state, submit } = useMemo(
    () =>
      createDeletion({
        api: createAccountApi(api),
        act,
        leave: (news) => {
          // First away from a screen that would ask to sign in again.
          route('/', true);
          accountNews.value = news;
          drafts.clear();
          session.end();
        },
      }),
    [api],
  );
  const { isSending, problem } = state.value;
  const isWrong = problem?.code === 'invalid_credentials';
  return (
    <form
      class="form"
      aria-label={account.deleteTitle}
      onSubmit={(event) => {
        event.preventDefault();
        const password = textOf(new FormData(event.currentTarget), 'password');
        void submit({ password });
      }}
    >
      <p class="delete-ask">{account.deleteAsk}</p>
      <Field
        name="password"
        label={account.passwordToChange}
        type="password"
        autoComplete="current-password"
        {...(isWrong && { error: account.passwordWrong })}
      />
      {problem && !isWrong && <ProblemNotice problem={problem} />}
      <div class="actions">
        <Button type="submit" isInert={isSending}>
          {account.deleteNow}
        </Button>
        <Button kind="quiet" onPress={onKeep}>
          {cancel}
        </Button>
      </div>
    </form>
  );
}
