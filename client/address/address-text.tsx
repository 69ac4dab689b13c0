/** An address as it stands on a letter, on the page. */
import type { Address } from '../../worker/contract/address.ts';
import { addressLines } from './address-lines.ts';

export function AddressText({ address }: { address: Address }) {
  const { phone } = address;
  return (
    <address class="address notranslate" translate={false}>
      {addressLines(address).map((line, n) => (
        <span key={`${n} ${line}`} dir="auto">
          {line}
        </span>
      ))}
      {phone && (
        <span class="address-phone" dir="ltr">
          {phone}
        </span>
      )}
    </address>
  );
}
