import type { SchemaDiff } from '../../../../shared/contracts/schema';

/** What a parked window found its source's columns to be, against what they were. */
export const SchemaTable = ({ diff }: { diff: SchemaDiff }) => (
  <section class="card">
    <h2>Changed columns</h2>
    <div class="scroll">
      <table class="stack-narrow">
        <thead>
          <tr>
            {['Column', 'Change', 'Before', 'After', 'Policy', 'What to do'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {diff.changes.map((change) => (
            <tr key={change.column}>
              <th scope="row">{change.column}</th>
              <td data-label="Change">{change.kind}</td>
              <td data-label="Before" class="mono wrap">
                {change.before ?? ''}
              </td>
              <td data-label="After" class="mono wrap">
                {change.after ?? ''}
              </td>
              <td data-label="Policy">{change.policy}</td>
              <td data-label="What to do" class="wrap">
                {change.next}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
