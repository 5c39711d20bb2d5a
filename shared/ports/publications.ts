/** The newest published form of a gold dataset. */
export interface Publication {
  readonly dataset: string;
  readonly run: string;
  /** Of all publications of the dataset the later one has the higher number. */
  readonly serial: string;
  readonly rows: string;
  /** Parquet of text cells, path in the gold container. */
  readonly published: string;
  /** CSV, path in the exports container. */
  readonly exported: string;
  readonly at: string;
  /** The window of each source that feeds it, up to which this form goes at least; below `SOURCE/asides` that of its asides. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Which published form of each dataset is the current one. */
export interface Publications {
  get(dataset: string): Promise<Publication | null>;
  /** Makes a form the current one, unless a newer one is. @returns the current one */
  put(publication: Publication): Promise<Publication>;
}
