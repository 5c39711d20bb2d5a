import type { Driver, DriverSettings, Order, Told } from './driver';
import { startDriver } from './driver';
import { CLUSTER_ID } from './limits';

/** Driver starts in a row that may fail before the cluster gives up. */
const FAILED_STARTS = 2;

/** States of https://docs.databricks.com/api/azure/workspace/clusters/get that this cluster passes through. */
export type ClusterState = 'TERMINATED' | 'PENDING' | 'RUNNING' | 'RESTARTING';

export interface ClusterEvents {
  up(): void;
  told(told: Exclude<Told, { op: 'up' }>): void;
  /** The driver died under its runs; the cluster is coming back by itself. */
  lost(how: string): void;
  /** The cluster is down: told to, or because its driver does not start. */
  down(how: string, failed: boolean): void;
}

/** The interactive single-node cluster: asleep until something wants it. */
export interface Cluster {
  readonly state: ClusterState;
  start(): void;
  terminate(): void;
  order(order: Order): void;
  view(): Record<string, unknown>;
}

export function cluster(settings: DriverSettings, events: ClusterEvents, start = startDriver): Cluster {
  let state: ClusterState = 'TERMINATED';
  let message = 'Inactive';
  let driver: Driver | undefined;
  let failedStarts = 0;

  const launch = () => {
    const mine = start(
      settings,
      (told) => {
        if (driver !== mine) return;
        if (told.op !== 'up') return events.told(told);
        failedStarts = 0;
        state = 'RUNNING';
        message = '';
        events.up();
      },
      (how) => {
        if (driver === mine) ended(how);
      },
    );
    driver = mine;
  };
  const ended = (how: string) => {
    driver = undefined;
    if (state === 'RUNNING') {
      state = 'RESTARTING';
      message = how;
      events.lost(how);
    } else if (++failedStarts >= FAILED_STARTS) {
      state = 'TERMINATED';
      message = `${how} while it started; see driver.log`;
      failedStarts = 0;
      return events.down(message, true);
    }
    launch();
  };
  return {
    get state() {
      return state;
    },
    start() {
      if (state !== 'TERMINATED') return;
      state = 'PENDING';
      message = 'Starting Spark';
      launch();
    },
    terminate() {
      const stopped = driver;
      driver = undefined;
      state = 'TERMINATED';
      message = 'Terminated by a user';
      stopped?.kill();
      events.down(message, false);
    },
    order: (order) => driver?.order(order),
    view: () => ({
      cluster_id: CLUSTER_ID,
      cluster_name: 'tidemark',
      state,
      state_message: message,
      num_workers: 0,
      spark_version: '17.3.x-scala2.13',
      data_security_mode: 'SINGLE_USER',
      spark_conf: { 'spark.databricks.cluster.profile': 'singleNode', 'spark.master': 'local[*]' },
      custom_tags: { ResourceClass: 'SingleNode' },
      autotermination_minutes: 0,
      cluster_source: 'API',
    }),
  };
}
