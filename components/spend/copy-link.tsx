'use client';

import { useEffect, useState } from 'react';
import { CopyButton } from '../ui/copy';

/** Copies the whole address of a view, so that another person sees the same. @param href from the root */
export function CopyLink({ href }: { href: string }) {
  const [origin, setOrigin] = useState('');
  useEffect(() => setOrigin(window.location.origin), []);
  return <CopyButton text={`${origin}${href}`} label="Copy link" />;
}
