import { isNode, LineCounter, parseDocument } from 'yaml';
import { Catalog } from '../contracts/catalog';
import { referenceFaults } from './references';

/** A fault of a catalog file: where it is, what is wrong, how to cure it. */
export interface CatalogFault {
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly cure: string;
}

export type Parsed =
  | { kind: 'catalog'; content: Omit<Catalog, 'version'> }
  | { kind: 'faults'; faults: CatalogFault[] };

/** A fault by the path of the value that it is about. */
export interface PathFault {
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly cure: string;
}

const Content = Catalog.omit({ version: true });

/** Reads a catalog from YAML and reports every fault at once: syntax, shape, and references between its parts. */
export function parseCatalog(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    return {
      kind: 'faults',
      faults: document.errors.map((error) => ({
        ...at(error.pos[0]),
        what: error.message,
        cure: 'Mend the YAML: indentation by spaces, `key: value`, lists with `- `.',
      })),
    };
  }
  const located = ({ path, what, cure }: PathFault): CatalogFault => ({ ...at(offsetOf(path)), what, cure });
  /** The value itself or, where it is missing, the nearest thing around it. */
  const offsetOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  };
  const parsed = Content.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      kind: 'faults',
      faults: parsed.error.issues.map((issue) =>
        located({
          path: issue.path.filter((part) => typeof part !== 'symbol'),
          what: `${issue.path.join('.') || 'the catalog'}: ${issue.message}`,
          cure: 'See docs/catalog.md for the fields and their values.',
        }),
      ),
    };
  }
  const faults = referenceFaults(parsed.data);
  return faults.length > 0
    ? { kind: 'faults', faults: faults.map(located) }
    : { kind: 'catalog', content: parsed.data };
}
