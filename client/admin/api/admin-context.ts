/** The administration's calls as its screens reach them. Must not contain anything real. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AdminApi } from './admin-api.ts';

export const AdminContext = createContext<AdminApi | null>(null);

export function useAdmin(): AdminApi {
  const admin = useContext(AdminContext);
  if (admin === null) throw new Error('a screen was drawn outside of AdminContext');
  return admin;
}
