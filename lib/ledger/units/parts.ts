import type { FieldFault } from '@/lib/kernel/fault';
import { faultOfQuantity, UNITS_PER_RECORD, type UnitKind, type UnitsReading } from '@/lib/kernel/units';

/** A part of a whole that a source reports: which of its fields, as which kind. */
export type Part = { field: string; value: unknown; kind: UnitKind };

/** The object at a key, or an empty one: sources leave details out, or send null for them. */
export const objectAt = (value: unknown, key: string): Record<string, unknown> => {
  const found = asObject(value)[key];
  return asObject(found);
};

export const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** The first of some fields that holds something: an explicit 0 does, null and absence do not. */
export const firstOf = (...values: unknown[]): unknown => values.find((value) => value !== null && value !== undefined);

/** Collects what a source's usage object says into kinds that do not overlap, and everything that is wrong with it. */
export class UnitsBuilder {
  private readonly units: { [kind in UnitKind]?: number } = {};
  private readonly errors: FieldFault[] = [];

  /** Counts a field as it is. Null and absent are nothing; 0 is a value. */
  count(part: Part): this {
    const quantity = this.read(part.field, part.value);
    if (quantity !== null) this.put(part.kind, quantity);
    return this;
  }

  /**
   * Takes the parts out of a total that includes them; what remains is of kind `rest`. A negative remainder is refused: the
   * source counts in another way than it should, and any guess would bill something twice or not at all.
   */
  divide(total: Part, parts: readonly Part[]): this {
    const whole = this.read(total.field, total.value);
    let remainder = whole ?? 0;
    for (const part of parts) {
      const quantity = this.read(part.field, part.value);
      if (quantity === null) continue;
      remainder -= quantity;
      this.put(part.kind, quantity);
    }
    if (remainder < 0) {
      const names = parts.filter((part) => firstOf(part.value) !== undefined).map((part) => part.field);
      this.errors.push({
        pointer: total.field,
        code: 'usage.negative_remainder',
        detail: `${total.field} must include ${names.join(', ')}, which are ${-remainder} more than it.`,
      });
    } else if (whole !== null) this.put(total.kind, remainder);
    return this;
  }

  /** The units, or what is wrong. A usage object that says nothing is refused: a call whose size is unknown is not free. */
  done(): UnitsReading {
    if (this.errors.length > 0) return { kind: 'refused', errors: this.errors };
    if (Object.keys(this.units).length === 0) {
      return { kind: 'refused', errors: [{ pointer: '', code: 'usage.units_missing', detail: 'The usage names no tokens at all.' }] };
    }
    return { kind: 'units', units: this.units };
  }

  private read(field: string, value: unknown): number | null {
    if (value === null || value === undefined) return null;
    const fault = faultOfQuantity(value);
    if (!fault) return value as number;
    this.errors.push({ pointer: field, ...fault });
    return null;
  }

  /** Zeros of a part are left out, so that a record carries what was used; a total of 0 stays. */
  private put(kind: UnitKind, quantity: number): void {
    const sum = (this.units[kind] ?? 0) + quantity;
    if (sum > UNITS_PER_RECORD) {
      this.errors.push({
        pointer: '',
        code: 'usage.too_many_units',
        detail: `A record holds at most ${UNITS_PER_RECORD} units of a kind.`,
      });
    }
    if (sum > 0 || kind === 'input' || kind === 'output') this.units[kind] = sum;
  }
}
