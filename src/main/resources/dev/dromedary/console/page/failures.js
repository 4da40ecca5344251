// The dead letters: what was given up, why, and what to do about it.

import {FAILURES, call} from './beans.js';
import {button, byId, element, keyed, mark, say, sayShort} from './dom.js';
import {bytes, count, since} from './words.js';

const MOST_SHOWN = 100;

let fill = null;
const note = element('li', {class: 'empty'});

export function start({act, confirm}) {
  fill = keyed(byId('failures-list'), (letter) => make(letter, act, confirm), update);
  byId('retry-all').addEventListener('click', async () => {
    if (await confirm('Retry every failed transfer?')) {
      act('retry all', call(FAILURES, 'retryAll'));
    }
  });
}

export const questions = () => [call(FAILURES, 'find', '', 0, MOST_SHOWN)];

export function show([page]) {
  if (!page) {
    return;
  }
  say(byId('failures-count'), page.total ? count(page.total) : '');
  byId('retry-all').hidden = page.total < 2;
  fill(page.letters, (letter) => letter.transfer);
  const more = page.total - page.letters.length;
  say(note, page.total === 0 ? 'No transfer was given up.' : `and ${count(more)} more`);
  if (page.total === 0 || more > 0) {
    byId('failures-list').append(note);
  } else {
    note.remove();
  }
}

function make(letter, act, confirm) {
  const part = (name) => element('span', {class: name});
  const cells = {code: part('code'), name: part('name'), when: part('when'), why: part('why'), remedy: part('remedy'), kept: part('kept')};
  const retry = button('Retry', () => act(`retry ${letter.source}`, call(FAILURES, 'retry', letter.transfer)),
    {class: 'strong', 'aria-label': `Retry ${letter.source}`});
  const discard = button('Discard', async () => {
    if (await confirm(`Take ${letter.source} off the list of failures? What arrived stays for its next poll.`)) {
      act(`discard ${letter.source}`, call(FAILURES, 'discard', letter.transfer));
    }
  }, {'aria-label': `Discard ${letter.source}`});
  const root = element('li', {class: 'failure'},
    element('div', {class: 'line'}, cells.code, cells.name, cells.when, element('span', {class: 'actions'}, retry, discard)),
    element('p', {class: 'small'}, cells.why, ' ', cells.remedy, cells.kept));
  return {root, cells};
}

function update({root, cells}, letter) {
  mark(root, 'data-source', letter.source);
  say(cells.code, letter.code);
  mark(cells.code, 'title', letter.meaning);
  sayShort(cells.name, letter.source, `${letter.source} → ${letter.target}`);
  say(cells.when, since(letter.endedAt, Date.now()));
  sayShort(cells.why, letter.reason || letter.meaning);
  say(cells.remedy, `→ ${letter.remedy}`);
  const tries = letter.attempts;
  const kept = letter.receivedBytes > 0 ? `${bytes(letter.receivedBytes)} kept` : '';
  say(cells.kept, [tries > 1 ? `${tries} attempts` : '', kept].filter(Boolean).join(' · '));
}
