/** What somebody has to do whose address is not confirmed, where only confirmed ones may buy. */
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { ResendLink } from './resend-link.tsx';
import { useOwnUser } from './use-own-user.ts';

export interface VerifyFirstProps {
  /** The id of the element that one is led back to. */
  readonly place: string;
  /** What to do with the link that was sent to an address; else what to do before a purchase. */
  how?(email: string): string;
}

export function VerifyFirst({ place, how }: VerifyFirstProps) {
  const { account } = LAZY_TEXTS;
  const { sendsMail } = useShop();
  const user = useOwnUser();
  if (user === undefined) return null;
  if (user.emailVerified) return <output class="saved">{account.verified}</output>;
  if (!sendsMail) return <p>{account.verifyFirstNoMail}</p>;
  return (
    <>
      <p>{(how ?? account.verifyFirstHow)(user.email)}</p>
      <ResendLink email={user.email} place={place} />
    </>
  );
}
