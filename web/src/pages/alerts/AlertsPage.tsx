import type { AlertList } from '../../api/answers';
import { useAnswer } from '../../api/useAnswer';
import { otherLook } from '../../looks/look';
import { Ago } from '../../parts/Ago';
import { Badge } from '../../parts/Badge';
import { Empty } from '../../parts/Empty';
import { Loaded } from '../../parts/Loaded';
import { type Column, Table } from '../../parts/Table';
import { Title } from '../../parts/Title';

const PACE = 5000;

type Alert = AlertList['alerts'][number];

const stateOf = ({ sent, failed }: Alert) =>
  sent !== null ? otherLook.sent : failed === null ? otherLook.queued : otherLook.refused;

const COLUMNS: Column<Alert>[] = [
  { title: 'Subject', head: true, look: 'wrap', cell: ({ subject }) => subject },
  { title: 'State', cell: (alert) => <Badge look={stateOf(alert)} /> },
  { title: 'To', look: 'wrap', cell: ({ to }) => to.join(', ') },
  { title: 'Queued', look: 'num', cell: ({ queued }) => <Ago at={queued} /> },
  { title: 'Sent', look: 'num', cell: ({ sent }) => sent !== null && <Ago at={sent} /> },
];

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
            <Table rows={alerts} columns={COLUMNS} keyOf={({ key }) => key} card />
          )
        }
      </Loaded>
    </>
  );
}
