import type { PartReport } from '../../../../shared/contracts/run';
import { partLook } from '../../looks/look';
import { Badge } from '../../parts/Badge';

/** What a run that moves no source did, part by part. */
export const UpkeepTable = ({ parts }: { parts: readonly PartReport[] }) => (
  <section class="card">
    <h2>Parts</h2>
    <div class="scroll">
      <table class="stack-narrow">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Outcome</th>
            <th scope="col">Detail</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ part, outcome, detail }) => (
            <tr key={part}>
              <th scope="row">{part}</th>
              <td data-label="Outcome">
                <Badge look={partLook[outcome]} />
              </td>
              <td data-label="Detail" class="wrap">
                {detail}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
