import type { PlantedFault } from './fault';
import { firstHalf } from './first-half';

/** Every planted fault, in the order in which they are tried. */
export const faults: readonly PlantedFault[] = [...firstHalf];
