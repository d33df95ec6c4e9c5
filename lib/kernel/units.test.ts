import { expect, test } from 'vitest';
import { inputTotal, isUnitKind, readUnits, toolCall } from './units';

const codesOf = (value: unknown): string[] => {
  const reading = readUnits(value);
  return reading.kind === 'units' ? [] : reading.errors.map((error) => `${error.pointer} ${error.code}`);
};

test('units are whole numbers of known kinds', () => {
  expect(readUnits({ input: 812, input_cache_read: 1_024, output: 0, 'tool_call:web_search': 2, request: 1 })).toEqual({
    kind: 'units',
    units: { input: 812, input_cache_read: 1_024, output: 0, 'tool_call:web_search': 2, request: 1 },
  });
  expect(readUnits({})).toEqual({ kind: 'units', units: {} });
  expect(readUnits({ input: 1_000_000_000 }).kind).toBe('units');
});

test.each([
  [{ input: -1, output: 143 }, ['/units/input usage.negative_units']],
  [{ input: 1.5 }, ['/units/input usage.fractional_units']],
  [{ input: null }, ['/units/input usage.fractional_units']],
  [{ input: '12' }, ['/units/input usage.fractional_units']],
  [{ input: Number.NaN }, ['/units/input usage.fractional_units']],
  [{ input: 1_000_000_001 }, ['/units/input usage.too_many_units']],
  [{ tokens: 1, output: -2 }, ['/units/tokens usage.unknown_unit', '/units/output usage.negative_units']],
  [{ 'tool_call:': 1 }, ['/units/tool_call: usage.unknown_unit']],
  [{ 'tool_call:a/b': 1 }, ['/units/tool_call:a~1b usage.unknown_unit']],
  [JSON.parse('{"__proto__": 5}'), ['/units/__proto__ usage.unknown_unit']],
  [[1], ['/units usage.units_missing']],
  [null, ['/units usage.units_missing']],
  ['input', ['/units usage.units_missing']],
])('units %j are refused as %j', (value, expected) => {
  expect(codesOf(value)).toEqual(expected);
});

test('a record of very many kinds is refused before they are looked at', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`tool_call:t${i}`, 1]));
  expect(codesOf(many)).toEqual(['/units usage.too_many_units']);
});

test('a tool has a plain name', () => {
  expect(toolCall('web_search')).toBe('tool_call:web_search');
  expect(() => toolCall('web search')).toThrow(RangeError);
  expect(isUnitKind('tool_call:web search')).toBe(false);
});

test('the input of a call is every kind that went in', () => {
  expect(inputTotal({ input: 1, input_cache_read: 20, input_cache_write_5m: 300, input_image: 4_000, output: 7, request: 1 })).toBe(4_321);
});
