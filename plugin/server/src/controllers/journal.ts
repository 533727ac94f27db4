import type { JournalPage } from '../../../shared/contracts';
import { servicesOf } from '../compose';
import type { Strapi } from '../strapi';
import { checked } from './parsing/checked';
import { journalQueryFrom } from './parsing/journal-query';

/** Serves the administrators' API of the journal. */
export default function journalController({ strapi }: { strapi: Strapi }) {
  return {
    find: checked(async (ctx): Promise<JournalPage> => {
      return await servicesOf(strapi).views.journalList.page(journalQueryFrom(ctx.query));
    }),
  };
}
