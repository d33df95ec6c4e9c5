import { describe, expect, it } from 'vitest';
import { readBlock } from './follow';

describe('a block of the stream', () => {
  it('is an event with its number', () => {
    const data = '{"id":"41","type":"stop.raised","at":"2026-11-24T03:12:00Z","resource":{"kind":"stop","id":"stp_1"}}';
    expect(readBlock(`id: 41\nevent: stop.raised\ndata: ${data}`)).toMatchObject({ id: '41', event: { type: 'stop.raised' } });
  });

  it('may hold a number alone, or nothing but a heartbeat', () => {
    expect(readBlock('retry: 1000\nid: 40')).toEqual({ id: '40', event: null });
    expect(readBlock(': alive')).toEqual({ id: null, event: null });
  });
});
