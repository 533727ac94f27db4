import { Page } from '@strapi/strapi/admin';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';

import SessionsPage from './SessionsPage';

const JournalPage = lazy(() => import('./JournalPage'));

/** The pages behind *Sessions* in the sidebar. */
export default function App() {
  return (
    <Suspense fallback={<Page.Loading />}>
      <Routes>
        <Route path="journal" element={<JournalPage />} />
        <Route path="*" element={<SessionsPage />} />
      </Routes>
    </Suspense>
  );
}
