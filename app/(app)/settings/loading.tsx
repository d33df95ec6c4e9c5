import { PageSkeleton } from '@/components/shell/page-skeleton';

export default function SettingsLoading() {
  return <PageSkeleton />;
}
