import type { z } from 'zod';
import type * as api from '../../../shared/contracts/api';

/** What the API answers, as types alone: the schemas stay on the server. */
export type RunList = z.infer<typeof api.RunList>;
export type RunDetail = z.infer<typeof api.RunDetail>;
export type Started = z.infer<typeof api.Started>;
export type SourceList = z.infer<typeof api.SourceList>;
export type SourceView = z.infer<typeof api.SourceView>;
export type WindowList = z.infer<typeof api.WindowList>;
export type History = z.infer<typeof api.History>;
export type DatasetList = z.infer<typeof api.DatasetList>;
export type DatasetView = z.infer<typeof api.DatasetView>;
export type Rows = z.infer<typeof api.Rows>;
export type AlertList = z.infer<typeof api.AlertList>;
export type ProblemBody = z.infer<typeof api.ProblemBody>;
