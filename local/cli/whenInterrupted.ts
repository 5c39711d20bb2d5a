/** A signal ends the process only when what it started has been ended; the exit code says which signal it was. */
export function whenInterrupted(end: () => Promise<unknown>): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.removeAllListeners(signal);
    process.once(signal, () => void end().then(() => process.exit(code)));
  }
}
