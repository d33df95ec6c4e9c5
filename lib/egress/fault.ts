const CODES = ['url', 'address', 'insecure', 'name', 'unreachable', 'timeout'] as const;
/**
 * Why a request did not go out or got no answer: the address given is none to send to (`url`), it leads where none may go
 * (`address`), it would go through the open internet unencrypted (`insecure`), its name is not known (`name`), nobody answered
 * (`unreachable`), or not in time (`timeout`).
 */
export type EgressCode = (typeof CODES)[number];

/** A request that has no answer. The message is for people and holds neither the path nor a secret. */
export class EgressFault extends Error {
  override name = 'EgressFault';
  readonly code: EgressCode;

  constructor(code: EgressCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** Whether the request was refused by us: trying again changes nothing until the address or the settings change. */
  get isRefusal(): boolean {
    return this.code === 'url' || this.code === 'address' || this.code === 'insecure';
  }
}
