/** The source of the ledger rows of calls that came through the gateway: what they used was measured there, not declared. */
export const GATEWAY = 'gateway';

/** How the idempotency keys of the gateway's own holds begin. No program's key may: by this a hold tells which way its call went. */
export const GATEWAY_KEYS = 'gateway ';
