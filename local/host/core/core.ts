import type { Callback, Category, FunctionMetadata, Level, ProgrammingModel } from './contract';
import { Disposable } from './disposable';
import { Hooks } from './hooks';

export interface Registered {
  readonly id: string;
  readonly metadata: FunctionMetadata;
  readonly callback: Callback;
}

/** Collects what an app registers. The members follow the Node worker, which supplies this module in Azure. */
export class Core {
  readonly functions = new Map<string, Registered>();
  readonly hooks = new Hooks();
  model: ProgrammingModel | undefined;
  /** After start-up a registration is an error, as in the worker. */
  sealed = false;
  systemLog: (level: Level, category: Category, message: string) => void = () => undefined;

  readonly api = {
    version: '3.9.1',
    hostVersion: '4.1000.0',
    Disposable,
    registerFunction: (metadata: FunctionMetadata, callback: Callback) => this.#register(metadata, callback),
    setProgrammingModel: (model: ProgrammingModel) => {
      this.model = model;
    },
    getProgrammingModel: () => this.model,
    registerHook: (name: string, hook: (context: Record<string, unknown>) => unknown) =>
      this.hooks.register(name, hook),
    log: (level: Level, category: Category, message: string) => this.systemLog(level, category, message),
  };

  #register(metadata: FunctionMetadata, callback: Callback): Disposable {
    if (this.sealed) {
      throw new Error(`A function can only be registered during app startup; "${metadata.name}" came too late`);
    }
    const id = metadata.functionId ?? metadata.name;
    if (this.functions.has(id)) throw new Error(`A function with id "${id}" has already been registered`);
    this.functions.set(id, { id, metadata, callback });
    return new Disposable(() => this.functions.delete(id));
  }
}
