import { PageSkeleton } from '@/components/shell/page-skeleton';

export default function StartLoading() {
  return <PageSkeleton />;
}
