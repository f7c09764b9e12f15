export { MyDayPage } from './my-day-page.tsx';
export { useWorkCount } from './use-work-count.ts';
