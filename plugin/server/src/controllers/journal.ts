import type { JournalPage } from '../../../shared/contracts';
import { managerOf } from '../manager';
import type { Strapi } from '../strapi';
import { checked } from './checked';
import { journalQueryFrom } from './journal-query';

/** Answers the administrators' requests about the journal. */
export default function journalController({ strapi }: { strapi: Strapi }) {
  return {
    find: checked(async (ctx): Promise<JournalPage> => {
      return await managerOf(strapi).journalPages.page(journalQueryFrom(ctx.query));
    }),
  };
}
