import type { PlantedFault } from './fault';
import { bounds } from './lists/bounds';
import { containment } from './lists/containment';
import { crossing } from './lists/crossing';
import { firstHalf } from './lists/first-half';
import { forecasting } from './lists/forecast';
import { gateway } from './lists/gateway';
import { gatewayKeys } from './lists/gateway-keys';
import { gatewayMore } from './lists/gateway-more';
import { leads } from './lists/leads';
import { leases } from './lists/leases';
import { machinery } from './lists/machinery';
import { playbooks } from './lists/playbooks';
import { programs } from './lists/programs';
import { recovery } from './lists/recovery';

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
  ...gatewayKeys,
  ...bounds,
  ...programs,
  ...leases,
  ...playbooks,
  ...leads,
];
