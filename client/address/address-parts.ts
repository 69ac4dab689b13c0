/** What only those need who give or read an address: with it comes the table of all countries. */
import { countryCodes } from '../../worker/contract/address-rules.ts';
import { AddressForm } from './address-form.tsx';
import { addressLines } from './address-lines.ts';
import { AddressText } from './address-text.tsx';
import { OrderAddressForm } from './order-address-form.tsx';

export const ADDRESS_PARTS = {
  AddressForm,
  AddressText,
  OrderAddressForm,
  addressLines,
  countryCodes,
};
export type AddressParts = typeof ADDRESS_PARTS;
