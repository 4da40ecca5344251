// Transfers that run, that wait for another attempt, and that ended lately.

import {TRANSFERS, call, read} from './beans.js';
import {button, byId, drawn, element, keyed, mark, say, sayShort} from './dom.js';
import {ahead, bytes, count, duration, rate, since} from './words.js';

const MOST_SHOWN = 200;
const SCALE = 1000;
const VIEWS = [['Running', 'running'], ['Waiting', 'waiting'], ['Recent', 'ended lately']];
const NOTHING = {
  Running: 'Nothing runs. The next poll finds what is due.',
  Waiting: 'Nothing waits for another attempt.',
  Recent: 'Nothing has ended since the start.',
};

let view = 'Running';
let act = null;
let fill = null;
const tabs = new Map();
const empty = element('li', {class: 'empty'});

export function start(context) {
  act = context.act;
  for (const [name, words] of VIEWS) {
    const number = element('span', {class: 'number'}, '0');
    const tab = button('', () => choose(name, context.refresh), {'aria-pressed': String(name === view)});
    tab.append(`${words} `, number);
    tabs.set(name, {tab, number});
    byId('transfers-views').append(tab);
  }
  fill = keyed(byId('transfers-list'), make, update);
}

export const questions = () => [read(TRANSFERS, 'RunningCount', 'RecentCount', 'Running', 'Waiting', ...(view === 'Recent' ? ['Recent'] : []))];

export function show([transfers]) {
  if (!transfers) {
    return;
  }
  say(tabs.get('Running').number, count(transfers.RunningCount));
  say(tabs.get('Waiting').number, count(transfers.Waiting.length));
  say(tabs.get('Recent').number, count(transfers.RecentCount));
  const all = transfers[view];
  if (!all) {
    return;
  }
  fill(all.slice(0, MOST_SHOWN), (transfer) => transfer.transfer);
  const more = all.length - MOST_SHOWN;
  say(empty, all.length === 0 ? NOTHING[view] : `and ${count(more)} more`);
  if (all.length === 0 || more > 0) {
    byId('transfers-list').append(empty);
  } else {
    empty.remove();
  }
}

function choose(name, refresh) {
  view = name;
  for (const [other, {tab}] of tabs) {
    mark(tab, 'aria-pressed', String(other === name));
  }
  refresh();
}

function make(transfer) {
  const part = (name, attributes) => element('span', {class: name, ...attributes});
  const cells = {
    state: part('badge'), name: part('name'), amount: part('amount'), percent: part('percent'),
    rate: part('speed'), eta: part('eta'), how: part('how'), why: part('why'),
  };
  const here = drawn('path', {class: 'here'});
  const fetching = drawn('path', {class: 'fetching'});
  const done = drawn('rect', {class: 'done', height: 1, y: 0, x: 0});
  const bar = element('div', {class: 'progress', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100},
    strip('whole', done), strip('parts', here, fetching));
  const cancel = button('Cancel', () => act(`cancel ${transfer.source}`, call(TRANSFERS, 'cancel', transfer.transfer)));
  const retry = button('Retry', () => act(`retry ${transfer.source}`, call(TRANSFERS, 'retry', transfer.transfer)));
  mark(cancel, 'aria-label', `Cancel ${transfer.source}`);
  mark(retry, 'aria-label', `Retry ${transfer.source}`);
  const root = element('li', {class: 'transfer'},
    element('div', {class: 'line'}, cells.state, cells.name, cells.amount, cells.percent, cells.rate, cells.eta,
      element('span', {class: 'actions'}, cancel, retry)),
    bar,
    element('div', {class: 'line small'}, cells.how, cells.why));
  return {root, cells, bar, here, fetching, done, cancel, retry};
}

function update(item, t) {
  const {cells} = item;
  const now = Date.now();
  const isOpen = !t.endedAt;
  mark(item.root, 'data-state', t.state);
  mark(item.root, 'data-source', t.source);
  say(cells.state, t.state);
  sayShort(cells.name, t.source, `${t.source} → ${t.target}`);
  say(cells.amount, t.totalBytes === null ? bytes(t.receivedBytes) : `${bytes(t.receivedBytes)} of ${bytes(t.totalBytes)}`);
  say(cells.percent, t.percent === null ? '' : `${t.percent} %`);
  say(cells.rate, isOpen ? rate(t.bytesPerSecond) : rate(t.averageBytesPerSecond));
  say(cells.eta, isOpen ? (t.etaSeconds === null ? '' : `${duration(t.etaSeconds)} left`) : since(t.endedAt, now));
  say(cells.how, how(t, now));
  sayShort(cells.why, t.code ? `${t.code} ${t.reason ?? ''}` : t.reason ?? '');
  item.cancel.hidden = !isOpen;
  item.retry.hidden = !(t.state === 'failed' || t.state === 'cancelled');
  progress(item, t);
}

function how(t, now) {
  const words = [`${t.connections} ${t.connections === 1 ? 'connection' : 'connections'}`];
  if (t.attempts > 1) {
    words.push(`attempt ${t.attempts}`);
  }
  if (t.resumedBytes > 0) {
    words.push(`resumed at ${bytes(t.resumedBytes)}`);
  }
  if (t.nextAttemptAt) {
    words.push(Date.parse(t.nextAttemptAt) < now ? 'next attempt in turn' : `next attempt ${ahead(t.nextAttemptAt, now)}`);
  }
  if (t.verifiedBy) {
    words.push(`verified by ${t.verifiedBy}`);
  }
  return words.join(' · ');
}

function progress(item, t) {
  const total = t.totalBytes;
  const share = total > 0 ? t.receivedBytes / total : t.percent === 100 ? 1 : 0;
  mark(item.bar, 'aria-label', `${t.source}, ${t.state}`);
  mark(item.bar, 'aria-valuenow', t.percent);
  mark(item.bar, 'aria-valuetext', t.percent === null ? bytes(t.receivedBytes) : `${t.percent} percent`);
  mark(item.bar, 'data-unknown', total === null && !t.endedAt ? '' : null);
  mark(item.done, 'width', (share * SCALE).toFixed(1));
  mark(item.here, 'd', ranges(t.here, total));
  mark(item.fetching, 'd', ranges(t.fetching, total));
}

/** Draws ranges of bytes as boxes on a line as long as the file. */
function ranges(list, total) {
  if (!(total > 0) || !list) {
    return '';
  }
  return list.map(({start, end}) => {
    const from = (start / total) * SCALE;
    const width = Math.max((Math.min(end, total) / total) * SCALE - from, 1);
    return `M${from.toFixed(1)} 0h${width.toFixed(1)}v1h${(-width).toFixed(1)}z`;
  }).join('');
}

function strip(name, ...shapes) {
  return drawn('svg', {class: name, viewBox: `0 0 ${SCALE} 1`, preserveAspectRatio: 'none', 'aria-hidden': 'true'}, ...shapes);
}
