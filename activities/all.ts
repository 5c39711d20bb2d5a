import { openAside } from './aside/openAside';
import { planGold } from './gold/planGold';
import { readExport } from './gold/readExport';
import { readPublish } from './gold/readPublish';
import { reconcileDataset } from './gold/reconcileDataset';
import { startExport } from './gold/startExport';
import { startPublish } from './gold/startPublish';
import type { Implemented } from './implement';
import { readReplay } from './quarantine/readReplay';
import { settleReplay } from './quarantine/settleReplay';
import { startReplay } from './quarantine/startReplay';
import { closeRun } from './run/closeRun';
import { openRun } from './run/openRun';
import { sendLetters } from './run/sendLetters';
import { admitFiles } from './source/admitFiles';
import { commitWindow } from './source/commitWindow';
import { landWindow } from './source/landWindow';
import { planWindow } from './source/planWindow';
import { readApply } from './source/readApply';
import { readCopy } from './source/readCopy';
import { readFetch } from './source/readFetch';
import { readLook } from './source/readLook';
import { releaseLease } from './source/releaseLease';
import { startApply } from './source/startApply';
import { startCopy } from './source/startCopy';
import { startFetch } from './source/startFetch';
import { startLook } from './source/startLook';
import { takeLease } from './source/takeLease';

/** Every activity, in the order in which a run meets them. */
export const activities: readonly Implemented[] = [
  openRun,
  openAside,
  takeLease,
  startLook,
  readLook,
  startFetch,
  readFetch,
  admitFiles,
  planWindow,
  startCopy,
  readCopy,
  landWindow,
  startApply,
  readApply,
  commitWindow,
  startReplay,
  readReplay,
  settleReplay,
  releaseLease,
  planGold,
  startPublish,
  readPublish,
  startExport,
  readExport,
  reconcileDataset,
  closeRun,
  sendLetters,
];
