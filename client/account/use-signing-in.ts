/** Sends an account form once at a time, keeps the session, and leads back to where one was. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Session } from '../../worker/contract/accounts.ts';
import type { CallProblem, Result } from '../api/call-problem.ts';
import { useShop } from '../shop/shop.ts';
import { forgetAccountDrafts } from './account-form.tsx';
import { safeNextPath } from './next-path.ts';

export function useSigningIn<Fields>(send: (fields: Fields) => Promise<Result<Session>>) {
  const { drafts, session } = useShop();
  const { query, route } = useLocation();
  const next = safeNextPath(query['next']);
  const isUnderWay = useRef(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  const isSignedIn = session.current.value !== null;

  // Also for those who come here signed in already, or sign in in another tab.
  useEffect(() => {
    if (isSignedIn) route(next, true);
  }, [isSignedIn]);

  async function submit(fields: Fields) {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setIsSending(true);
    setProblem(null);
    const result = await send(fields);
    isUnderWay.current = false;
    setIsSending(false);
    if (!result.ok) return setProblem(result.problem);
    forgetAccountDrafts(drafts);
    session.start(result.value);
  }
  return { next, isSending, problem, submit: (fields: Fields) => void submit(fields) };
}
