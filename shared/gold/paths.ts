import type { Dataset } from '../contracts/catalog';

/** Where a dataset's published CSV lies, below the exports container. */
export const exportFolder = ({ name }: Dataset): string => name;

export const exportPath = (dataset: Dataset): string => `${exportFolder(dataset)}/${dataset.file}`;
