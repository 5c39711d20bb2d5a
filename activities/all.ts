import { openAside } from './aside/openAside';
import { checkBronze } from './bronze/checkBronze';
import { awaitLanes } from './erasure/awaitLanes';
import { awaitRuns } from './erasure/awaitRuns';
import { closeErasure } from './erasure/closeErasure';
import { dropCopies } from './erasure/dropCopies';
import { dropForms } from './erasure/dropForms';
import { findReaders } from './erasure/findReaders';
import { openErasure } from './erasure/openErasure';
import { readErase } from './erasure/readErase';
import { startErase } from './erasure/startErase';
import { admitFiles } from './files/admitFiles';
import { listLanding } from './files/listLanding';
import { readFetch } from './files/readFetch';
import { readLook } from './files/readLook';
import { refuseFiles } from './files/refuseFiles';
import { sightFiles } from './files/sightFiles';
import { startFetch } from './files/startFetch';
import { startLook } from './files/startLook';
import { planGold } from './gold/planGold';
import { readExport } from './gold/readExport';
import { readPublish } from './gold/readPublish';
import { reconcileDataset } from './gold/reconcileDataset';
import { startExport } from './gold/startExport';
import { startPublish } from './gold/startPublish';
import type { Implemented } from './implement';
import { noteDeletes } from './keys/noteDeletes';
import { readDeletes } from './keys/readDeletes';
import { startDeletes } from './keys/startDeletes';
import { readCompare } from './listing/readCompare';
import { readListing } from './listing/readListing';
import { startCompare } from './listing/startCompare';
import { startListing } from './listing/startListing';
import { closeMaintenance } from './maintenance/closeMaintenance';
import { openMaintenance } from './maintenance/openMaintenance';
import { purgeHistory } from './maintenance/purgeHistory';
import { readExpiry } from './maintenance/readExpiry';
import { readMaintain } from './maintenance/readMaintain';
import { startExpiry } from './maintenance/startExpiry';
import { startMaintain } from './maintenance/startMaintain';
import { sweepOrphans } from './maintenance/sweepOrphans';
import { readReplay } from './quarantine/readReplay';
import { settleReplay } from './quarantine/settleReplay';
import { startReplay } from './quarantine/startReplay';
import { closeRun } from './run/closeRun';
import { openRun } from './run/openRun';
import { sendLetters } from './run/sendLetters';
import { commitWindow } from './source/commitWindow';
import { landWindow } from './source/landWindow';
import { planWindow } from './source/planWindow';
import { readApply } from './source/readApply';
import { readCopy } from './source/readCopy';
import { releaseLease } from './source/releaseLease';
import { startApply } from './source/startApply';
import { startCopy } from './source/startCopy';
import { takeLease } from './source/takeLease';

/** Every activity, in the order in which a run meets them. */
export const activities: readonly Implemented[] = [
  openRun,
  openAside,
  takeLease,
  startLook,
  readLook,
  listLanding,
  sightFiles,
  startFetch,
  readFetch,
  admitFiles,
  planWindow,
  startCopy,
  readCopy,
  refuseFiles,
  landWindow,
  startApply,
  readApply,
  commitWindow,
  checkBronze,
  startListing,
  readListing,
  startCompare,
  readCompare,
  startDeletes,
  readDeletes,
  noteDeletes,
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
  openMaintenance,
  startMaintain,
  readMaintain,
  sweepOrphans,
  purgeHistory,
  startExpiry,
  readExpiry,
  closeMaintenance,
  openErasure,
  awaitLanes,
  awaitRuns,
  startErase,
  readErase,
  dropCopies,
  dropForms,
  findReaders,
  closeErasure,
];
