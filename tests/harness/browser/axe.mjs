import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Asserts that axe finds nothing wrong within an element of a page, which must be there.
 *
 * Strapi's own frame is left out by naming what is the plugin's.
 */
export async function assertAccessible(page, selector) {
  await page.locator(selector).first().waitFor();
  // Not as a script element: the page's content security policy would refuse it.
  await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(
    (within) => window.axe.run(within, { resultTypes: ['violations', 'passes'] }),
    selector,
  );
  const found = violations.map(({ id, nodes }) => ({
    rule: id,
    at: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
  }));
  assert.deepEqual(found, []);
  assert.ok(passes.length > 0, 'axe has looked at something');
}
