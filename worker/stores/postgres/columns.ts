/** Kinds of columns that several tables have. */
import { customType, timestamp } from 'drizzle-orm/pg-core';
import { withoutDirectionControls } from '../../contract/visible-text.ts';

/** In milliseconds. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Text that people wrote. What would turn the text around it may be stored from before, and is not read. */
export const written = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  fromDriver: withoutDirectionControls,
});
