/** The link of a mail that the page was opened by, with the real address and API as its ports. */
import { useMemo } from 'preact/hooks';
import { useShop } from '../shop/shop.ts';
import { type AccountApi, createAccountApi } from './account-api.ts';
import { createMailLink, type MailLink, type MailLinkPorts } from './mail-link.ts';
import { useLinkToken } from './use-link-token.ts';

export function useMailLink<Value>(
  send: (api: AccountApi, token: string) => ReturnType<MailLinkPorts<Value>['send']>,
  onEnd: () => void = () => {},
): MailLink {
  const shop = useShop();
  const token = useLinkToken();
  return useMemo(() => {
    const api = createAccountApi(shop.api);
    return createMailLink({ token, send: (known) => send(api, known), onEnd });
  }, [shop]);
}
