import { Disposable } from './disposable';

const NAMES = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;
export type HookName = (typeof NAMES)[number];
type Hook = (context: Record<string, unknown>) => unknown;

/** The hooks an app has registered, kept in order of registration. */
export class Hooks {
  readonly appData = {};
  readonly lifeData = {};
  readonly #byName = new Map<string, Hook[]>(NAMES.map((name) => [name, []]));

  register(name: string, hook: Hook): Disposable {
    const hooks = this.#byName.get(name);
    if (hooks === undefined) {
      throw Object.assign(new RangeError(`Unrecognized hook "${name}"`), { isAzureFunctionsSystemError: true });
    }
    hooks.push(hook);
    return new Disposable(() => {
      const at = hooks.indexOf(hook);
      if (at >= 0) hooks.splice(at, 1);
    });
  }

  /** Runs the hooks one after another; the first that throws ends the round. */
  async run(name: HookName, context: Record<string, unknown>): Promise<void> {
    for (const hook of this.#byName.get(name) ?? []) await hook(context);
  }

  /** Log hooks are synchronous: they may change level and message before the line is written. */
  runLog(context: Record<string, unknown>): void {
    for (const hook of this.#byName.get('log') ?? []) hook(context);
  }
}
