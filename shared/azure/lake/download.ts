import { TransientError } from '../../errors';
import { problem } from '../../problem';
import { errorStatus } from '../symptom';
import { isAbsent } from './absent';
import type { FileClient } from './sdk';

/** Cuts in a row, without a byte between them, that one download puts up with. */
const CUTS = 5;
/** A body that stands still for so long is taken as cut. */
const SILENCE_MS = 60_000;

interface Opened {
  readonly etag: string;
  /** Bytes that are to come. */
  readonly length: number;
  readonly body: AsyncIterable<Uint8Array>;
  /** The watch over silence stops while the reader is busy with a piece. */
  readonly watch: (on: boolean) => void;
}

async function open(file: FileClient, from: number, count?: number, etag?: string): Promise<Opened> {
  const silence = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const watch = (on: boolean): void => {
    clearTimeout(timer);
    if (on) timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  watch(true);
  try {
    const conditions = etag === undefined ? {} : { conditions: { ifMatch: etag } };
    const answer = await file.read(from, count, { ...conditions, abortSignal: silence.signal });
    // Getters of a class: a rest pattern would not take them along.
    const { readableStreamBody: body, etag: version, contentLength: length } = answer;
    if (!body || version === undefined || length === undefined) {
      throw new Error('The lake answered without a body, an ETag or a length.');
    }
    return { etag: version, length, body: body as unknown as AsyncIterable<Uint8Array>, watch };
  } catch (error) {
    watch(false);
    throw error;
  }
}

/**
 * Opens a file, or `count` bytes of it, and goes on where a cut left off, in the same version or not at all: the SDK
 * gives up at the first cut.
 * @param etag the version that is meant
 * @returns null when the file, or that version of it, is not there
 */
export async function download(
  file: FileClient,
  from = 0,
  count?: number,
  etag?: string,
): Promise<AsyncGenerator<Uint8Array, void, void> | null> {
  try {
    return pieces(file, await open(file, from, count, etag), from);
  } catch (error) {
    if (isAbsent(error) || errorStatus(error) === 412) return null;
    if (errorStatus(error) === 416) return none();
    throw error;
  }
}

async function* pieces(file: FileClient, first: Opened, from: number): AsyncGenerator<Uint8Array, void, void> {
  const end = from + first.length;
  let opened = first;
  for (let at = from, cuts = 0; ; ) {
    try {
      for await (const piece of opened.body) {
        at += piece.length;
        cuts = 0;
        opened.watch(false);
        yield piece;
        opened.watch(true);
      }
    } catch (error) {
      if (cuts >= CUTS) throw error;
    } finally {
      opened.watch(false);
    }
    if (at >= end) return;
    cuts += 1;
    opened = await again(file, at, end - at, first.etag);
  }
}

async function again(file: FileClient, from: number, count: number, etag: string): Promise<Opened> {
  try {
    return await open(file, from, count, etag);
  } catch (error) {
    if (errorStatus(error) !== 412 && !isAbsent(error)) throw error;
    const why = 'The file was replaced while it was being read.';
    const next = 'It is read anew by itself; a sender should put a file complete, or rename it when it is.';
    throw new TransientError(problem('SOURCE_FILE_UNSTABLE', file.name, why, next, true), { cause: error });
  }
}

async function* none(): AsyncGenerator<Uint8Array, void, void> {
  // The piece begins at or behind the end of the file.
}
