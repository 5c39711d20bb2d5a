/** Runs a benchmark as a command: SDKs keep connections alive, which would keep the process, so it is ended. */
export function command(main: () => Promise<void>): void {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
