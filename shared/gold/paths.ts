import type { Dataset } from '../contracts/catalog';

/** Where a dataset's exported files lie, below the exports container. */
export const exportFolder = ({ name }: Dataset): string => name;

export const exportPath = (dataset: Dataset): string => `${exportFolder(dataset)}/${dataset.file}`;

/** The files that a dataset is exported as: CSV and Parquet. */
export const exportFiles = ({ file }: Dataset): { csv: string; parquet: string } => ({
  csv: file,
  parquet: file.replace(/\.csv$/, '.parquet'),
});

/** Where exports of a dataset lie that have no place yet. */
export const unplacedFolder = (dataset: string): string => `_placing/${dataset}`;

/** Where a run of the export pipeline writes a file: no other writes there. */
export const unplacedPath = (dataset: string, external: string, file: string): string =>
  `${unplacedFolder(dataset)}/${external}-${file}`;
