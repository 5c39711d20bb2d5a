import type { World } from './world';

/** One way in which something goes wrong while the pipeline works. */
export interface Scenario {
  readonly name: string;
  /** For people: what is done. */
  readonly what: string;
  /**
   * Lets it happen and waits for the end of what was under way.
   * @returns how often the fault struck: a scenario whose fault never came proves nothing
   */
  readonly play: (world: World) => Promise<number>;
}
