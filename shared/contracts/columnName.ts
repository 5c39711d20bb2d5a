import { z } from 'zod';

const NOT_TAKEN = '\\s,;{}()=';

/** What Data Factory's Parquet has no place for in the name of a column. https://learn.microsoft.com/azure/data-factory/format-parquet */
export const NOT_IN_A_COLUMN_NAME = new RegExp(`[${NOT_TAKEN}]`);
export const COLUMN_NAME_RULE = 'Parquet takes no white space and none of , ; { } ( ) = in the name of a column';

/** The name of a column as it goes through every layer; Parquet, the form of bronze, takes the fewest. */
export const ColumnName = z
  .string()
  .min(1)
  .max(128)
  .regex(new RegExp(`^[^${NOT_TAKEN}]*$`), COLUMN_NAME_RULE);
