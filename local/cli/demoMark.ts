import { join } from 'node:path';
import type { Layout } from '../supervisor/layout';

/** The file that says that the data in this state is a demonstration's, so that the next one may remove it. */
export const demoMark = ({ state }: Layout): string => join(state, 'demo.json');
