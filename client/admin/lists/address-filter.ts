/** A list's filter, which is in the address, so that it can be linked to and saved. */
import { useLocation } from '../../page/location.tsx';

type Query = Readonly<Record<string, string | undefined>>;

/**
 * @param path of the list, without a query
 * @param parse what an address asks for; what is not known is left out
 */
export function useAddressFilter<Filter extends object>(
  path: string,
  parse: (query: Query) => Filter,
) {
  const { query, route } = useLocation();
  const filter = parse(query);
  return {
    filter,
    href: filterPath(path, filter),
    setFilter: (next: Filter) => route(filterPath(path, next), true),
  };
}

/** What is empty is left out. */
export function filterPath(path: string, filter: object): string {
  const asked = Object.entries(filter).filter(([, value]) => value) as [string, string][];
  return asked.length === 0 ? path : `${path}?${new URLSearchParams(asked)}`;
}
