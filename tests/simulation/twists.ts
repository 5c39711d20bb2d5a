import type { Ports } from '../../shared/ports/ports';
import type { Twist } from './simulate';
import type { Fault, Place } from './world/faults';

/** A port with a fault planted in it. */
export const ports = (plant: (ports: Ports) => Partial<Ports>): Twist => ({
  app: { ports: (own) => ({ ...own, ...plant(own) }) },
});

/** The first answers of this place are lost. */
export const lostAt = (place: Place): Fault[] => [1, 2, 3].map((nth) => ({ place, nth, kind: 'lost' }));
