import type { AlertList } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { otherLook } from '../../looks/look';
import { Ago } from '../../parts/Ago';
import { Badge } from '../../parts/Badge';
import { Empty } from '../../parts/Empty';
import { Loaded } from '../../parts/Loaded';
import { Title } from '../../parts/Title';

const PACE = 5000;

const stateOf = ({ sent, failed }: AlertList['alerts'][number]) =>
  sent !== null ? otherLook.sent : failed === null ? otherLook.queued : otherLook.refused;

/** What people were told by mail, or will be. */
export function AlertsPage() {
  const answer = useAnswer<AlertList>('/alerts', () => PACE);
  return (
    <>
      <Title text="Alerts" />
      <Loaded answer={answer}>
        {({ alerts }) =>
          alerts.length === 0 ? (
            <Empty title="Nobody had to be told anything.">
              <p>A mail is queued here when a run fails, a source is parked or a dataset differs from its partner's.</p>
            </Empty>
          ) : (
            <div class="scroll card flush">
              <table class="stack-narrow">
                <thead>
                  <tr>
                    <th scope="col">Subject</th>
                    <th scope="col">State</th>
                    <th scope="col">To</th>
                    <th scope="col" class="num">
                      Queued
                    </th>
                    <th scope="col" class="num">
                      Sent
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {alerts.map((alert) => (
                    <tr key={alert.key}>
                      <th scope="row" class="wrap">
                        {alert.subject}
                      </th>
                      <td data-label="State">
                        <Badge look={stateOf(alert)} />
                      </td>
                      <td data-label="To" class="wrap">
                        {alert.to.join(', ')}
                      </td>
                      <td data-label="Queued" class="num">
                        <Ago at={alert.queued} />
                      </td>
                      <td data-label="Sent" class="num">
                        {alert.sent !== null && <Ago at={alert.sent} />}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </>
  );
}
