export interface Letter {
  readonly to: readonly string[];
  /** One line, at most 200 characters. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Mail through Azure Communication Services. */
export interface Mail {
  /**
   * Hands a letter over once: the same key is the same operation.
   * @returns the id of the operation
   */
  send(letter: Letter, key: string): Promise<string>;
}
