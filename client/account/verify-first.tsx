/** What somebody has to do whose address is not confirmed, where only confirmed ones may buy. */
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { ResendLink } from './resend-link.tsx';
import { useOwnUser } from './use-own-user.ts';

/** @param place the id of the element that one is led back to */
export function VerifyFirst({ place }: { place: string }) {
  const { account } = LAZY_TEXTS;
  const { sendsMail } = useShop();
  const user = useOwnUser();
  if (user === undefined) return null;
  if (user.emailVerified) return <output class="saved">{account.verified}</output>;
  if (!sendsMail) return <p>{account.verifyFirstNoMail}</p>;
  return (
    <>
      <p>{account.verifyFirstHow(user.email)}</p>
      <ResendLink email={user.email} place={place} />
    </>
  );
}
