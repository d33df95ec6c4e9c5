import { containment } from './containment';
import { crossing } from './crossing';
import type { PlantedFault } from './fault';
import { firstHalf } from './first-half';
import { forecasting } from './forecast';
import { gateway } from './gateway';
import { gatewayMore } from './gateway-more';
import { leads } from './leads';
import { leases } from './leases';
import { machinery } from './machinery';
import { playbooks } from './playbooks';
import { programs } from './programs';
import { recovery } from './recovery';

/** Every planted fault, in the order in which they are tried. */
export const faults: readonly PlantedFault[] = [
  ...firstHalf,
  ...containment,
  ...crossing,
  ...recovery,
  ...forecasting,
  ...machinery,
  ...gateway,
  ...gatewayMore,
  ...programs,
  ...leases,
  ...playbooks,
  ...leads,
];
