/** Guards what appears where a finger is still pressing. */
import { useEffect, useState } from 'preact/hooks';

/** Longer than the pause between two hasty clicks, too short to be noticed by anyone else. */
const ARM_AFTER_MS = 700;

/** False for a moment after the first drawing, then true. */
export function useArmed(): boolean {
  const [isArmed, setIsArmed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsArmed(true), ARM_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isArmed;
}
