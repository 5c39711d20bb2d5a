/** Makes many requests share one save. */
export interface GroupSave {
  /** Resolves once everything that was changed before the call is on disk; rejects if it could not be saved. */
  settled(): Promise<void>;
}

/**
 * @param dirty whether something changed since the last snapshot
 * @param save takes its snapshot before its first `await` and resolves when that is on disk
 */
export function groupSave(dirty: () => boolean, save: () => Promise<void>): GroupSave {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let failed = false;

  const start = async () => {
    // The macrotask lets all that are ready join, and never falls into the middle of a chain of microtasks.
    await new Promise((resolve) => setImmediate(resolve));
    running = next;
    next = undefined;
    failed = false;
    try {
      await save();
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      running = undefined;
    }
  };
  return {
    settled() {
      if (!next && !failed && !dirty()) return running ?? Promise.resolve();
      next ??= (running ?? Promise.resolve()).catch(() => undefined).then(start);
      return next;
    },
  };
}
