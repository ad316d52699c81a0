// The pictures of a push: its question, and what a colleague changed meanwhile.
import { hideSideBar } from './pages.mjs';
import { connected, days, push, pushed, question } from './pushSteps.mjs';

/**
 * Takes them in a dark and a light theme for the README, and in high contrast to look at.
 * @param options shoot, take: open a window and take its picture. place: the folder of the copy that a window shows.
 */
export async function takePushPictures({ shoot, take, images, results, place }) {
  const inPicture = (theme, draw) => shoot(theme, 'baseline.json', (workbench) => connected({ workbench, folder: place(theme) }, (session) => draw({ workbench, ...session })));
  const confirmation = (folder, name) => async ({ workbench, edit }) => {
    await edit(days(35), days(14));
    await hideSideBar(workbench);
    await workbench.command(push);
    await question(workbench, ['Push to 7 Accounts']);
    await take(workbench, folder, name);
    await workbench.press('Escape');
  };
  const threeWay = (folder, name) => async ({ workbench, organization, edit }) => {
    await edit(days(35), days(42));
    await pushed(workbench, 'Push to 7 Accounts');
    organization.change('baseline', organization.contentOf('baseline').replace(days(42), days(60)));
    await edit(days(42), days(49));
    await hideSideBar(workbench);
    await workbench.command(push);
    await question(workbench, ['Show Three-Way Difference']);
    await workbench.press('Enter');
    await workbench.pick('AWS now ↔ file', /^AWS now ↔ file$/);
    await workbench.page.locator('.monaco-diff-editor .editor.modified .view-line', { hasText: '"49"' }).waitFor();
    await workbench.quickRows.first().waitFor();
    await take(workbench, folder, name);
    await workbench.press('Escape');
  };
  await inPicture('Default Dark Modern', confirmation(images, 'push-dark.png'));
  await inPicture('Default Light Modern', threeWay(images, 'conflict-light.png'));
  await inPicture('Default High Contrast', confirmation(results, 'push-high-contrast.png'));
  await inPicture('Default High Contrast', threeWay(results, 'conflict-high-contrast.png'));
}
