import type { History } from '../../api/answers';
import { absolute } from '../../format/absolute';

/** Who moved what, when and why; newest first as the API lists it. */
export function HistoryTable({ events }: { events: History['events'] }) {
  if (events.length === 0) return <p class="quiet">Nothing has happened yet.</p>;
  return (
    <div class="scroll">
      <table class="stack-narrow">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Run</th>
            <th scope="col">Detail</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={`${event.at} ${event.what} ${event.detail}`}>
              <td class="num left">{absolute(event.at)}</td>
              <td data-label="What">{event.what}</td>
              <td data-label="Run" class="mono">
                {event.run}
              </td>
              <td data-label="Detail" class="wrap">
                {event.detail}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
